/**
 * Following what happens, across nodes.
 *
 * <pre>
 *   CatalogStore --- ChangeDesk (a node with entities)          ChangeWatch (whoever follows)
 *                        |  &lt;-- PositionsQuestion: what is new? --   |
 *                        |  --- Positions: u7 is at 12 -----------&gt;  |   WatchLog: what was told, what is missing
 *      journal ----------|  &lt;-- EventsQuestion: u7 from 11 --------  |
 *                        |  --- EventsPart: 11, 12 --------------&gt;  |--- subscriber
 * </pre>
 *
 * A position only says that there is something; what is told comes from the journal, by number. So
 * a node that dies, an entity that moves and a message that is lost delay a change, and neither
 * lose nor double it. Entities know nothing of it. Why so: {@code actors/adr/0018}.
 *
 * <p>It may touch the catalog store, the journal's reader and messages; never an entity.
 */
package dev.muster.actors.watch;
