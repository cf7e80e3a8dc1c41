/**
 * A past state, said in several ways: as JSON, as the script that would rebuild it, as the script
 * that brings another state back to it, as what changed between two of them and who did it.
 *
 * <pre>
 *   journal --- PastState ---> CatalogSnapshot ---> StateJson
 *                                  |
 *                              Declaration ---> Rebuild, Undo ---> Script
 *                                  |
 *                              Differences (with the audit events between)
 * </pre>
 *
 * <p>Looks at states and at events; never executes anything, and never writes.
 */
package dev.muster.api.replay;
