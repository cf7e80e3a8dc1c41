/**
 * The SQL types that we return and take as parameters, with the object ids by which clients know
 * them. Pure.
 */
package dev.muster.api.type;
