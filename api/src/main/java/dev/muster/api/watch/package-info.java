/**
 * Following what happens: the changes of one cluster or of all, as the journal has them, for those
 * who use the message API. Words only; who finds the changes is the business of the module above.
 */
package dev.muster.api.watch;
