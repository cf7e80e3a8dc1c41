package dev.muster.api.sql.tree;

import java.util.List;
import java.util.Optional;

/**
 * A statement as its text says it.
 *
 * <p>Adding one? Give it a rule in the grammar, a record here, a case in the tree builder and in
 * {@link SqlText}, and a class in {@code sql.statement}; the build fails until you have. See the
 * checklist in {@code api/README.md}.
 */
public sealed interface Statement {
  // Clusters.

  record CreateCluster(String name, boolean ifNotExists, List<Option> options)
      implements Statement {
    public CreateCluster {
      options = List.copyOf(options);
    }
  }

  record AlterClusterSet(
      String name, boolean ifExists, List<Option> options, Optional<WaitClause> waitClause)
      implements Statement {
    public AlterClusterSet {
      options = List.copyOf(options);
    }
  }

  record AlterClusterReset(String name, boolean ifExists, List<OptionName> options)
      implements Statement {
    public AlterClusterReset {
      options = List.copyOf(options);
    }
  }

  record RenameCluster(String name, boolean ifExists, String newName) implements Statement {}

  record SwapClusters(String name, boolean ifExists, String otherName) implements Statement {}

  record ChangeClusterOwner(String name, boolean ifExists, String newOwner) implements Statement {}

  record DropClusters(List<String> names, boolean ifExists, DropBehavior behavior)
      implements Statement {
    public DropClusters {
      names = List.copyOf(names);
    }
  }

  /** What becomes of the objects that depend on what is dropped. */
  enum DropBehavior {
    UNSPECIFIED,
    CASCADE,
    RESTRICT
  }

  // Replicas.

  record CreateReplica(ReplicaName name, boolean ifNotExists, List<Option> options)
      implements Statement {
    public CreateReplica {
      options = List.copyOf(options);
    }
  }

  record RenameReplica(ReplicaName name, boolean ifExists, String newName) implements Statement {}

  record DropReplicas(List<ReplicaName> names, boolean ifExists) implements Statement {
    public DropReplicas {
      names = List.copyOf(names);
    }
  }

  // Comments; an absent text removes.

  record CommentOnCluster(String name, Optional<String> comment) implements Statement {}

  record CommentOnReplica(ReplicaName name, Optional<String> comment) implements Statement {}

  /** {@code ALTER AVAILABILITY ZONE .. SET OFFLINE}; the reason is what is said about it. */
  record TakeZoneOut(String zone, Optional<String> reason) implements Statement {}

  /** {@code ALTER AVAILABILITY ZONE .. SET ONLINE}. */
  record BringZoneBack(String zone) implements Statement {}

  /**
   * {@code ALTER SYSTEM SET / RESET}; reset is set to its default.
   *
   * @param name of a system parameter
   */
  record AlterSystem(String name, VariableValue value) implements Statement {}

  record ResetSystem() implements Statement {}

  record CommentOnRole(String name, Optional<String> comment) implements Statement {}

  // Schemas, of which there is one: what deployment tools send beside swaps of clusters.

  record SwapSchemas(String name, String otherName) implements Statement {}

  record DropSchema(String name, boolean ifExists) implements Statement {}

  // Looking.

  record ShowObjects(ObjectKind kind, Optional<ShowFilter> filter, Optional<AsOf> asOf)
      implements Statement {}

  /** What can be listed. */
  enum ObjectKind {
    ADVICE,
    CLUSTERS,
    CLUSTER_REPLICAS,
    ROLES,
    DATABASES,
    SCHEMAS;

    public String sql() {
      return name().replace('_', ' ');
    }
  }

  record ShowCreateCluster(String name, Optional<AsOf> asOf) implements Statement {}

  record ShowVariable(String name) implements Statement {}

  record ShowAllVariables() implements Statement {}

  /** A query: the catalog's engine understands it, we do not. */
  record Query(List<QueryPiece> pieces, Optional<AsOf> asOf) implements Statement {
    public Query {
      pieces = List.copyOf(pieces);
    }
  }

  /** What would the statement do? */
  record Explain(Statement explained) implements Statement {}

  // The session.

  record SetVariable(String name, VariableValue value, boolean local) implements Statement {}

  record ResetVariable(String name) implements Statement {}

  record ResetAllVariables() implements Statement {}

  record SetTransaction(List<TransactionMode> modes, boolean session) implements Statement {
    public SetTransaction {
      modes = List.copyOf(modes);
    }
  }

  /**
   * {@code ALL}, {@code PLANS}, ...
   *
   * @param what in upper case
   */
  record Discard(String what) implements Statement {}

  /** Forgets a statement that was prepared by SQL, or all when none is named. */
  record Deallocate(Optional<String> name) implements Statement {}

  // Transactions.

  /**
   * @param start whether it was written {@code START TRANSACTION}, which its command tag repeats
   */
  record Begin(boolean start, List<TransactionMode> modes) implements Statement {
    public Begin {
      modes = List.copyOf(modes);
    }
  }

  record Commit(boolean chain) implements Statement {}

  record Rollback(boolean chain) implements Statement {}

  /**
   * A statement that we know of and do not carry out.
   *
   * @param what its first words: {@code CREATE TABLE}
   */
  record Unsupported(String what) implements Statement {}
}
