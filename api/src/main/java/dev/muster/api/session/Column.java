package dev.muster.api.session;

import dev.muster.api.type.SqlType;

/** A column of a result. */
public record Column(String name, SqlType type) {}
