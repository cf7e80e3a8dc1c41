/**
 * What a statement says, as records: names already folded and unquoted, options in the order given,
 * values as they were written, nothing looked up. {@link dev.muster.api.sql.tree.SqlText} writes a
 * tree as the text that parses to it. Pure.
 */
package dev.muster.api.sql.tree;
