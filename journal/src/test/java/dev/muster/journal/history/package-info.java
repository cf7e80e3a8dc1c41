/**
 * Random histories that could have happened, for properties here and in the modules above (this
 * module's test jar). A history is a pure function of a list of numbers, so that jqwik can print,
 * replay and shrink it.
 */
package dev.muster.journal.history;
