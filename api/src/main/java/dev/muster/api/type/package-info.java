/**
 * The SQL types that we return and take as parameters, with the object ids by which clients know
 * them, and the time zones in which times are printed and read. Pure.
 */
package dev.muster.api.type;
