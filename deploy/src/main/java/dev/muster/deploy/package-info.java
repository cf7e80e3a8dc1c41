/**
 * How Muster runs: the launcher's main program, the assembly of a node, configuration, packaging,
 * benchmarks, and the tests of the whole system. The only module that knows all the others.
 */
package dev.muster.deploy;
