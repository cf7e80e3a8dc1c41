/** Fakes and helpers that the tests of this module share. */
package dev.muster.actors.testing;
