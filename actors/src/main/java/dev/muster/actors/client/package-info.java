/**
 * The client that front doors use, over cluster sharding: commands go to the entities, reads come
 * from what the entities have published.
 */
package dev.muster.actors.client;
