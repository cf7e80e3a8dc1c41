package dev.muster.api.type;

/** A span of time as SQL knows it: its three parts are not convertible into each other. */
public record SqlInterval(int months, int days, long microseconds) {}
