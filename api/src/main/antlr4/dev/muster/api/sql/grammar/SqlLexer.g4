/*
 * The words of a statement. Made to take any PostgreSQL text apart correctly, queries that only the catalog's
 * engine understands included, so that statements can be told from each other at their semicolons.
 *
 * A keyword that is new here must also be listed in the parser's rule nonReserved, unless it may never be a name.
 */
lexer grammar SqlLexer;

options {
  caseInsensitive = true;
  superClass = dev.muster.api.sql.parse.LexerBase;
}

ABORT: 'ABORT';
ADVICE: 'ADVICE';
ALL: 'ALL';
ALTER: 'ALTER';
AND: 'AND';
ARRANGEMENT: 'ARRANGEMENT';
AS: 'AS';
AUTO: 'AUTO';
AVAILABILITY: 'AVAILABILITY';
BEGIN: 'BEGIN';
BILLED: 'BILLED';
CASCADE: 'CASCADE';
CHAIN: 'CHAIN';
CHARACTERISTICS: 'CHARACTERISTICS';
CLASS: 'CLASS';
CLUSTER: 'CLUSTER';
CLUSTERS: 'CLUSTERS';
COMMENT: 'COMMENT';
COMMIT: 'COMMIT';
COMMITTED: 'COMMITTED';
CREATE: 'CREATE';
DATABASES: 'DATABASES';
DEALLOCATE: 'DEALLOCATE';
DEBUGGING: 'DEBUGGING';
DEFAULT: 'DEFAULT';
DEFERRABLE: 'DEFERRABLE';
DISCARD: 'DISCARD';
DISK: 'DISK';
DROP: 'DROP';
DURATION: 'DURATION';
EFFORT: 'EFFORT';
END: 'END';
ESTIMATE: 'ESTIMATE';
EXISTS: 'EXISTS';
FACTOR: 'FACTOR';
FALSE: 'FALSE';
FOR: 'FOR';
FROM: 'FROM';
HYDRATION: 'HYDRATION';
IDLE: 'IDLE';
IF: 'IF';
IN: 'IN';
INTERNAL: 'INTERNAL';
INTERVAL: 'INTERVAL';
INTROSPECTION: 'INTROSPECTION';
IS: 'IS';
ISOLATION: 'ISOLATION';
LEVEL: 'LEVEL';
LIKE: 'LIKE';
LINGER: 'LINGER';
LOCAL: 'LOCAL';
MANAGED: 'MANAGED';
MANUAL: 'MANUAL';
MAX: 'MAX';
MERGE: 'MERGE';
MIN: 'MIN';
NAMES: 'NAMES';
NO: 'NO';
NOT: 'NOT';
NULL: 'NULL';
OF: 'OF';
OFFLINE: 'OFFLINE';
ON: 'ON';
ONLINE: 'ONLINE';
ONLY: 'ONLY';
OWNER: 'OWNER';
PLANS: 'PLANS';
PREPARE: 'PREPARE';
READ: 'READ';
READY: 'READY';
REASON: 'REASON';
REFRESH: 'REFRESH';
RENAME: 'RENAME';
REPEATABLE: 'REPEATABLE';
REPLICA: 'REPLICA';
REPLICAS: 'REPLICAS';
REPLICATION: 'REPLICATION';
RESET: 'RESET';
RESTRICT: 'RESTRICT';
ROLE: 'ROLE';
ROLES: 'ROLES';
ROLLBACK: 'ROLLBACK';
SCALING: 'SCALING';
SCHEDULE: 'SCHEDULE';
SCHEMA: 'SCHEMA';
SCHEMAS: 'SCHEMAS';
SELECT: 'SELECT';
SEQUENCES: 'SEQUENCES';
SERIALIZABLE: 'SERIALIZABLE';
SESSION: 'SESSION';
SET: 'SET';
SHOW: 'SHOW';
SIZE: 'SIZE';
START: 'START';
STRATEGY: 'STRATEGY';
STRICT: 'STRICT';
SWAP: 'SWAP';
SYSTEM: 'SYSTEM';
TABLE: 'TABLE';
TEMP: 'TEMP';
TEMPORARY: 'TEMPORARY';
TIME: 'TIME';
TIMEOUT: 'TIMEOUT';
TO: 'TO';
TRANSACTION: 'TRANSACTION';
TRUE: 'TRUE';
UNCOMMITTED: 'UNCOMMITTED';
UNTIL: 'UNTIL';
VALUES: 'VALUES';
WAIT: 'WAIT';
WHERE: 'WHERE';
WITH: 'WITH';
WORK: 'WORK';
WORKLOAD: 'WORKLOAD';
WRITE: 'WRITE';
ZONE: 'ZONE';
ZONES: 'ZONES';

// Every other word of PostgreSQL or the reference system that begins a statement is an identifier here:
// Statements.unsupported knows them by their text.

UNICODE_STRING: 'U&\'' ( ~['] | '\'\'' )* '\'';
UNICODE_IDENTIFIER: 'U&"' ( ~["] | '""' )* '"';
ESCAPED_STRING: 'E\'' ( '\\' . | '\'\'' | ~['\\] )* '\'';
BIT_STRING: [BXN] '\'' ( ~['] | '\'\'' )* '\'';
STRING: '\'' ( ~['] | '\'\'' )* '\'';
DOLLAR_STRING: '$' ( LETTER ( LETTER | DIGIT )* )? '$' { dollarQuotedBody(); };
QUOTED_IDENTIFIER: '"' ( ~["] | '""' )* '"';
IDENTIFIER: LETTER ( LETTER | DIGIT | '$' )*;
PARAMETER: '$' DIGIT+;
NUMBER: ( DIGIT+ ( '.' DIGIT* )? | '.' DIGIT+ ) ( 'E' [+-]? DIGIT+ )?;

LEFT_PARENTHESIS: '(';
RIGHT_PARENTHESIS: ')';
LEFT_BRACKET: '[';
RIGHT_BRACKET: ']';
COMMA: ',';
SEMICOLON: ';';
DOT: '.';
EQUALS: '=';
DOUBLE_COLON: '::';
COLON: ':';
OPERATOR: [-+*/<>~!@#%^&|`?];

LINE_COMMENT: '--' ~[\r\n]* -> skip;
BLOCK_COMMENT: '/*' { nestedComment(); } -> skip;
SPACE: [ \t\r\n\f\u000B\uFEFF]+ -> skip;

/* What begins a quote that never ends, or is no character of SQL: told by LexerBase. */
STRAY: . { stray(); };

fragment LETTER: [A-Z_\u0080-\u{10FFFF}];
fragment DIGIT: [0-9];
