/**
 * Whether a journal is what Muster wrote, all of it and nothing else: hash chains, numbers, times,
 * what the events fold to, the environment's checkpoints, snapshots, and what a running Muster says
 * of itself.
 *
 * <pre>
 *   RawJournal --- RawEvent ---> EntityCheck (one for each entity) ---> Finding
 *                                     |                                    |
 *                        ChainCheck, checkpoints, states ...... JournalVerifier ---> Verdict
 * </pre>
 *
 * <p>Reads rows as they are stored, and never writes. A finding is told, never mended.
 */
package dev.muster.journal.verify;
