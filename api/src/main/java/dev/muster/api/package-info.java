/**
 * What Muster speaks: the message API (commands, replies, rejections), the {@link
 * dev.muster.api.Muster} client that every front door uses, and the front doors themselves: SQL,
 * the PostgreSQL wire protocol, HTTP.
 *
 * <p>A line belongs in this module when it is a word that we exchange with others. It never sees an
 * actor's behaviour: who carries a command out is the business of the module above.
 */
package dev.muster.api;
