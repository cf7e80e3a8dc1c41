/**
 * The size catalogue: named resource allocations, from configuration. Pure but for the reading of
 * it.
 */
package dev.muster.api.size;
