package dev.muster.journal.verify;

import java.util.List;

/** The rows of a journal, whatever it is kept in. For one thread at a time. */
public interface RawJournal extends AutoCloseable {
  /** Where it is, for people. */
  String description();

  /** What its keeper itself finds wrong with it; empty where nothing is. */
  List<String> damage();

  /** Whether one number may be there twice, since two nodes wrote it. */
  boolean writersMayCollide();

  /** Of all entities that have events or snapshots, where the keeper can tell. */
  List<String> persistenceIds();

  /** All of an entity, by their numbers, of equal ones as they were written. */
  List<RawEvent> events(String persistenceId);

  List<RawSnapshot> snapshots(String persistenceId);

  @Override
  void close();
}
