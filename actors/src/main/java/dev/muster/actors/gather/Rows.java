package dev.muster.actors.gather;

import dev.muster.actors.gather.CatalogPart.Row;
import dev.muster.api.catalog.Published;
import dev.muster.journal.codec.JournalCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States as rows, and back. All nodes ask for the same rows within a moment, this one too: what was
 * encoded lately is kept, so that it is encoded once, and decoded only on other nodes. Not safe for
 * use by many threads.
 */
final class Rows {
  private static final int KEPT = 1024;

  private record Encoded(Published<?> published, Row row) {}

  private final Map<String, Encoded> lately =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Encoded> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * The row of a state.
   *
   * @param id the cluster's, empty for the environment
   */
  Row of(String id, Published<?> published) {
    Encoded known = lately.get(id);
    if (known != null && known.published() == published) {
      return known.row();
    }
    JournalCodec.Encoded encoded = JournalCodec.STANDARD.encode(published.state());
    Row row =
        new Row(id, published.sequenceNumber(), encoded.manifest().toString(), encoded.bytes());
    lately.remove(id);
    lately.put(id, new Encoded(published, row));
    return row;
  }

  /** The state of a row, which may be of another node. */
  Object state(Row row) {
    Encoded known = lately.get(row.id());
    return known != null && known.row() == row
        ? known.published().state()
        : JournalCodec.STANDARD.decode(row.manifest(), row.state());
  }
}
