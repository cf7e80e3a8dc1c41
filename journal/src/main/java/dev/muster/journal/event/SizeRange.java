package dev.muster.journal.event;

/**
 * The {@code MIN SIZE} and {@code MAX SIZE} options: the sizes between which Muster moves a cluster
 * by itself, with its load.
 *
 * @param minSize the smallest, itself included
 * @param maxSize the largest, itself included
 */
public record SizeRange(String minSize, String maxSize) {}
