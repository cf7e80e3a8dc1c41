package dev.muster.journal.read;

/**
 * A journal that is read without a running Muster, and beside one that writes to it. Never writes.
 * Whatever it reads is checked: numbers must follow each other and times ascend; what does not is
 * named in the failure of the stage.
 */
public interface StoredJournal extends JournalReader, AutoCloseable {
  @Override
  void close();
}
