package dev.muster.api.catalog.relation;

import dev.muster.api.type.SqlType;

/** A column of a relation, with the type that clients are told. */
public record RelationColumn(String name, SqlType type) {}
