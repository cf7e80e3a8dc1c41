/*
 * The statements that we carry out ourselves; queries go to the catalog's engine as they are.
 *
 * Written so that one token decides nearly everywhere: a message about a mistake then names exactly what could
 * have stood there. REPLICA and IF, where they may begin something of their own, are therefore no names there.
 */
parser grammar SqlGrammar;

options { tokenVocab = SqlLexer; }

statement: single EOF;

single
  : CREATE CLUSTER createRest
  | ALTER alterRest
  | DROP dropRest
  | SHOW showRest
  | SET setRest
  | RESET resetRest
  | COMMENT ON commentRest
  | DISCARD discarded=( ALL | PLANS | SEQUENCES | TEMP | TEMPORARY )
  | DEALLOCATE PREPARE? ( ALL | identifier )
  | START TRANSACTION transactionModes?
  | BEGIN ( WORK | TRANSACTION )? transactionModes?
  | ( COMMIT | END ) ( WORK | TRANSACTION )? chain?
  | ( ROLLBACK | ABORT ) ( WORK | TRANSACTION )? chain?
  ;

// CREATE CLUSTER

createRest
  : REPLICA ifNotExists? replicaName replicaOptions   # createReplica
  | ifNotExists? objectName clusterOptions            # createCluster
  ;

ifNotExists: IF NOT EXISTS;
ifExists: IF EXISTS;

clusterOptions
  : LEFT_PARENTHESIS clusterOption ( COMMA clusterOption )* RIGHT_PARENTHESIS
  | clusterOption ( COMMA clusterOption )*
  ;

replicaOptions
  : LEFT_PARENTHESIS replicaOption ( COMMA replicaOption )* RIGHT_PARENTHESIS
  | replicaOption ( COMMA replicaOption )*
  ;

clusterOption
  : REPLICAS EQUALS? replicaDefinitions
  | SCHEDULE EQUALS? schedule
  | AUTO SCALING STRATEGY EQUALS? strategy
  | clusterPlainOption ( EQUALS? optionValue )?
  ;

clusterOptionName
  : REPLICAS
  | SCHEDULE
  | AUTO SCALING STRATEGY
  | clusterPlainOption
  ;

clusterPlainOption
  : AVAILABILITY ZONES
  | DISK
  | IDLE ARRANGEMENT MERGE EFFORT
  | INTROSPECTION ( DEBUGGING | INTERVAL )
  | MANAGED
  | ( MAX | MIN ) SIZE
  | REPLICATION FACTOR
  | SIZE
  | WORKLOAD CLASS
  ;

replicaOption: replicaOptionName ( EQUALS? optionValue )?;

replicaOptionName
  : AVAILABILITY ZONE
  | BILLED AS
  | DISK
  | IDLE ARRANGEMENT MERGE EFFORT
  | INTERNAL
  | INTROSPECTION ( DEBUGGING | INTERVAL )
  | SIZE
  ;

replicaDefinitions
  : LEFT_PARENTHESIS ( replicaDefinition ( COMMA replicaDefinition )* )? RIGHT_PARENTHESIS
  ;

replicaDefinition
  : identifier LEFT_PARENTHESIS ( replicaOption ( COMMA replicaOption )* )? RIGHT_PARENTHESIS
  ;

schedule
  : MANUAL
  | ON REFRESH ( LEFT_PARENTHESIS HYDRATION TIME ESTIMATE EQUALS? optionValue RIGHT_PARENTHESIS )?
  ;

strategy
  : LEFT_PARENTHESIS ( ON HYDRATION LEFT_PARENTHESIS strategyOption ( COMMA strategyOption )* RIGHT_PARENTHESIS )?
    RIGHT_PARENTHESIS
  ;

strategyOption: ( HYDRATION SIZE | LINGER DURATION ) EQUALS? optionValue;

optionValue
  : string                                                                                # textValue
  | sign? NUMBER                                                                          # numberValue
  | TRUE                                                                                  # trueValue
  | FALSE                                                                                 # falseValue
  | NULL                                                                                  # nullValue
  | INTERVAL string                                                                       # intervalValue
  | LEFT_BRACKET ( optionValue ( COMMA optionValue )* )? RIGHT_BRACKET                    # listValue
  | LEFT_PARENTHESIS ( optionValue ( COMMA optionValue )* )? RIGHT_PARENTHESIS            # listValue
  | wordOfValue                                                                           # wordValue
  ;

sign: OPERATOR;

// ALTER

alterRest
  : CLUSTER ( REPLICA ifExists? replicaName RENAME TO identifier | ifExists? objectName alterAction )
  | SCHEMA identifier ( DOT identifier )? SWAP WITH identifier
  | SYSTEM ( SET variableName ( TO | EQUALS ) variableValue ( COMMA variableValue )* | RESET ( ALL | variableName ) )
  | AVAILABILITY ZONE zoneName SET ( OFFLINE ( REASON string )? | ONLINE )
  ;

zoneName: identifier | string;

alterAction
  : OWNER TO identifier
  | RENAME TO identifier
  | RESET LEFT_PARENTHESIS clusterOptionName ( COMMA clusterOptionName )* RIGHT_PARENTHESIS
  | SET LEFT_PARENTHESIS clusterOption ( COMMA clusterOption )* RIGHT_PARENTHESIS ( WITH waitClause )?
  | SWAP WITH identifier
  ;

waitClause
  : LEFT_PARENTHESIS WAIT EQUALS?
    ( FOR optionValue
    | UNTIL READY LEFT_PARENTHESIS readyOption ( COMMA readyOption )* RIGHT_PARENTHESIS
    )
    RIGHT_PARENTHESIS
  ;

readyOption: ( TIMEOUT | ON TIMEOUT ) EQUALS? optionValue;

// DROP

dropRest
  : CLUSTER
    ( REPLICA ifExists? replicaName ( COMMA replicaName )*
    | ifExists? objectName ( COMMA identifier )* ( CASCADE | RESTRICT )?
    )
  | SCHEMA ifExists? objectName ( DOT identifier )? ( CASCADE | RESTRICT )?
  ;

replicaName: objectName DOT identifier;

// SHOW

showRest
  : ALL                                         # showAll
  | ADVICE showFilter?                          # showObjects
  | CLUSTERS showFilter?                        # showObjects
  | CLUSTER ( REPLICAS showFilter? )?           # showClusterReplicas
  | ROLES showFilter?                           # showObjects
  | DATABASES showFilter?                       # showObjects
  | SCHEMAS ( FROM identifier )? showFilter?    # showObjects
  | CREATE CLUSTER identifier                   # showCreateCluster
  | TIME ZONE                                   # showTimeZone
  | TRANSACTION ISOLATION LEVEL                 # showIsolation
  | variableName                                # showVariable
  ;

showFilter
  : LIKE string
  | WHERE anything+
  ;

anything: ~EOF;

// Variables

setRest
  : ( SESSION | LOCAL )? setVariable
  | TRANSACTION transactionModes
  | SESSION CHARACTERISTICS AS TRANSACTION transactionModes
  ;

setVariable
  : TIME ZONE variableValue
  | NAMES variableValue
  | SCHEMA variableValue
  | variableName ( TO | EQUALS ) variableValue ( COMMA variableValue )*
  ;

resetRest
  : ALL
  | TIME ZONE
  | variableName
  ;

variableName: variableWord ( DOT identifier )?;

variableValue
  : DEFAULT
  | string
  | sign? NUMBER
  | TRUE
  | FALSE
  | ON
  | LOCAL
  | wordOfValue
  ;

// COMMENT ON

commentRest
  : CLUSTER REPLICA replicaName IS commentText   # commentOnReplica
  | CLUSTER objectName IS commentText            # commentOnCluster
  | ROLE identifier IS commentText               # commentOnRole
  ;

commentText: NULL | string;

// Transactions

transactionModes: transactionMode ( COMMA? transactionMode )*;

transactionMode
  : ISOLATION LEVEL isolationLevel
  | READ ( ONLY | WRITE )
  | NOT? DEFERRABLE
  ;

isolationLevel
  : READ ( COMMITTED | UNCOMMITTED )
  | REPEATABLE READ
  | STRICT? SERIALIZABLE
  ;

chain: AND NO? CHAIN;

// Words

string: STRING | ESCAPED_STRING | UNICODE_STRING | DOLLAR_STRING;

/* A name anywhere. */
identifier: plainName | IF | REPLICA;

/* A name where REPLICA or IF would mean something else. */
objectName: plainName;

/* A name where a value is wanted. */
wordOfValue
  : IDENTIFIER | QUOTED_IDENTIFIER | UNICODE_IDENTIFIER | nonReserved
  | IF | REPLICA | SESSION | TIME | NAMES | SCHEMA | TRANSACTION
  ;

/* The name of a session variable: never a word that begins another form of SET, SHOW or RESET. */
variableWord: IDENTIFIER | QUOTED_IDENTIFIER | CLUSTER;

plainName
  : IDENTIFIER | QUOTED_IDENTIFIER | UNICODE_IDENTIFIER | nonReserved
  | SESSION | LOCAL | TIME | NAMES | SCHEMA | TRANSACTION | INTERVAL
  ;

/* Keywords that may be names everywhere. */
nonReserved
  : ABORT | ADVICE | ALTER | ARRANGEMENT | AUTO | AVAILABILITY | BEGIN | BILLED | CASCADE | CHAIN | CHARACTERISTICS | CLASS
  | CLUSTER | CLUSTERS | COMMENT | COMMIT | COMMITTED | DATABASES | DEALLOCATE | DEBUGGING | DEFERRABLE | DISCARD
  | DISK | DROP | DURATION | EFFORT | ESTIMATE | EXISTS | FACTOR | HYDRATION | IDLE | INTERNAL | INTROSPECTION
  | ISOLATION | LEVEL | LINGER | MANAGED | MANUAL | MAX | MERGE | MIN | NO | OF | OFFLINE | ONLINE | ONLY | OWNER | PLANS | PREPARE | READ
  | READY | REASON | REFRESH | RENAME | REPEATABLE | REPLICAS | REPLICATION | RESET | RESTRICT | ROLE | ROLES | ROLLBACK | SCALING
  | SCHEDULE | SCHEMAS | SEQUENCES | SERIALIZABLE | SET | SHOW | SIZE | START | STRATEGY | STRICT | SWAP | SYSTEM | TEMP
  | TEMPORARY | TIMEOUT | UNCOMMITTED | UNTIL | VALUES | WAIT | WORK | WORKLOAD | WRITE | ZONE | ZONES | END
  ;
