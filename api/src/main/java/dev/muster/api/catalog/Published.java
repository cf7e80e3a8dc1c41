package dev.muster.api.catalog;

/**
 * A state as its owner published it.
 *
 * @param sequenceNumber the number of the last event in it
 * @param revision when the store took it: larger than that of everything taken before
 * @param <S> the state's type
 */
public record Published<S>(S state, long sequenceNumber, long revision) {}
