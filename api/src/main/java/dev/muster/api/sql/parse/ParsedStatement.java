package dev.muster.api.sql.parse;

import dev.muster.api.session.SqlSession;
import dev.muster.api.sql.tree.Statement;

/**
 * A statement of a message.
 *
 * @param text its own text
 * @param offset where it begins in the message, in characters from 0
 */
public record ParsedStatement(Statement tree, String text, int offset)
    implements SqlSession.Statement {}
