/**
 * The catalog: what the entities publish, the relations made of it, and the engine that runs SELECT
 * over them.
 *
 * <p>Rows live with their owners. Each entity publishes its state to its node's {@link
 * dev.muster.api.catalog.CatalogStore} in the same step in which its event became durable and
 * before it replies; a query takes a {@link dev.muster.api.catalog.CatalogSnapshot} and so sees
 * every statement acknowledged before it.
 */
package dev.muster.api.catalog;
