-- The tables of the embedded journal, schema version 1: those of pekko-persistence-jdbc 1.1.
-- One statement up to each semicolon, and none within a comment or a text.

CREATE TABLE event_journal (
  -- The order of all commits. Left to SQLite, which counts up.
  ordering          INTEGER PRIMARY KEY,
  persistence_id    TEXT    NOT NULL,
  sequence_number   INTEGER NOT NULL,
  deleted           BOOLEAN NOT NULL DEFAULT FALSE,
  writer            TEXT    NOT NULL,
  -- Milliseconds since the epoch, by the wall clock of the writer. The order of history is in the payload.
  write_timestamp   INTEGER NOT NULL,
  adapter_manifest  TEXT    NOT NULL,
  event_ser_id      INTEGER NOT NULL,
  -- Type and version, such as cluster.size-changed:1
  event_ser_manifest TEXT   NOT NULL,
  -- JSON: SELECT CAST(event_payload AS TEXT) FROM event_journal
  event_payload     BLOB    NOT NULL,
  meta_ser_id       INTEGER,
  meta_ser_manifest TEXT,
  meta_payload      BLOB
);

-- Also the guard of one writer: no second event ever gets a number that is taken.
CREATE UNIQUE INDEX event_journal_by_entity ON event_journal (persistence_id, sequence_number);

-- Muster tags nothing, so it stays empty: it is there for those who read the file as that plugin does.
CREATE TABLE event_tag (
  event_id INTEGER NOT NULL REFERENCES event_journal (ordering) ON DELETE CASCADE,
  tag      TEXT    NOT NULL,
  PRIMARY KEY (event_id, tag)
) WITHOUT ROWID;

CREATE TABLE snapshot (
  persistence_id        TEXT    NOT NULL,
  sequence_number       INTEGER NOT NULL,
  -- Milliseconds since the epoch.
  created               INTEGER NOT NULL,
  snapshot_ser_id       INTEGER NOT NULL,
  snapshot_ser_manifest TEXT    NOT NULL,
  -- JSON too.
  snapshot_payload      BLOB    NOT NULL,
  meta_ser_id           INTEGER,
  meta_ser_manifest     TEXT,
  meta_payload          BLOB,
  PRIMARY KEY (persistence_id, sequence_number)
);
