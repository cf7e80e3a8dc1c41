package dev.muster.journal.event;

/** One cluster's part in a change of names. */
public record NameChange(ClusterId id, String oldName, String newName) {}
