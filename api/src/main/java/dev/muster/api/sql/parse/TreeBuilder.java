package dev.muster.api.sql.parse;

import dev.muster.api.sql.grammar.SqlGrammar.AlterActionContext;
import dev.muster.api.sql.grammar.SqlGrammar.AlterRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.CommentOnClusterContext;
import dev.muster.api.sql.grammar.SqlGrammar.CommentOnReplicaContext;
import dev.muster.api.sql.grammar.SqlGrammar.CommentOnRoleContext;
import dev.muster.api.sql.grammar.SqlGrammar.CommentRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.CommentTextContext;
import dev.muster.api.sql.grammar.SqlGrammar.CreateClusterContext;
import dev.muster.api.sql.grammar.SqlGrammar.CreateReplicaContext;
import dev.muster.api.sql.grammar.SqlGrammar.CreateRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.DropRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.IdentifierContext;
import dev.muster.api.sql.grammar.SqlGrammar.ReplicaNameContext;
import dev.muster.api.sql.grammar.SqlGrammar.SingleContext;
import dev.muster.api.sql.grammar.SqlGrammar.ZoneNameContext;
import dev.muster.api.sql.tree.ReplicaName;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.Statement.DropBehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.ParserRuleContext;

/** Makes the tree of what the parser recognized. */
final class TreeBuilder {
  private final OptionBuilder options = new OptionBuilder();
  private final SessionBuilder session;

  TreeBuilder(CharStream characters) {
    this.session = new SessionBuilder(characters);
  }

  /** The name that a rule's first token stands for. */
  static String name(ParserRuleContext context) {
    return Literals.name(context.getStart());
  }

  static String string(ParserRuleContext context) {
    return Literals.string(context.getStart());
  }

  private static ReplicaName replica(ReplicaNameContext context) {
    return new ReplicaName(name(context.objectName()), name(context.identifier()));
  }

  private static boolean present(ParserRuleContext optional) {
    return optional != null;
  }

  Statement statement(SingleContext context) {
    if (context.createRest() != null) {
      return create(context.createRest());
    }
    if (context.alterRest() != null) {
      return alter(context.alterRest());
    }
    if (context.dropRest() != null) {
      return drop(context.dropRest());
    }
    if (context.commentRest() != null) {
      return comment(context.commentRest());
    }
    if (context.showRest() != null) {
      return session.show(context.showRest());
    }
    if (context.setRest() != null) {
      return session.set(context.setRest());
    }
    if (context.resetRest() != null) {
      return session.reset(context.resetRest());
    }
    if (context.DISCARD() != null) {
      return new Statement.Discard(context.discarded.getText().toUpperCase(Locale.ROOT));
    }
    if (context.DEALLOCATE() != null) {
      return new Statement.Deallocate(Optional.ofNullable(context.identifier()).map(i -> name(i)));
    }
    return session.transaction(context);
  }

  private Statement create(CreateRestContext context) {
    return switch (context) {
      case CreateReplicaContext replica ->
          new Statement.CreateReplica(
              replica(replica.replicaName()),
              present(replica.ifNotExists()),
              options.ofReplica(replica.replicaOptions().replicaOption()));
      case CreateClusterContext cluster ->
          new Statement.CreateCluster(
              name(cluster.objectName()),
              present(cluster.ifNotExists()),
              options.ofCluster(cluster.clusterOptions().clusterOption()));
      default -> throw unknown(context);
    };
  }

  private static Statement zone(AlterRestContext context) {
    ZoneNameContext named = context.zoneName();
    String zone = named.string() != null ? string(named.string()) : name(named.identifier());
    return context.ONLINE() != null
        ? new Statement.BringZoneBack(zone)
        : new Statement.TakeZoneOut(
            zone, Optional.ofNullable(context.string()).map(reason -> string(reason)));
  }

  private Statement alter(AlterRestContext context) {
    if (context.SCHEMA() != null) {
      List<IdentifierContext> names = context.identifier();
      return new Statement.SwapSchemas(name(names.get(names.size() - 2)), name(names.getLast()));
    }
    if (context.SYSTEM() != null) {
      return SessionBuilder.system(context);
    }
    if (context.zoneName() != null) {
      return zone(context);
    }
    boolean ifExists = present(context.ifExists());
    if (context.REPLICA() != null) {
      return new Statement.RenameReplica(
          replica(context.replicaName()), ifExists, name(context.identifier(0)));
    }
    return alterCluster(name(context.objectName()), ifExists, context.alterAction());
  }

  private Statement alterCluster(String name, boolean ifExists, AlterActionContext action) {
    if (action.OWNER() != null) {
      return new Statement.ChangeClusterOwner(name, ifExists, name(action.identifier()));
    }
    if (action.RENAME() != null) {
      return new Statement.RenameCluster(name, ifExists, name(action.identifier()));
    }
    if (action.SWAP() != null) {
      return new Statement.SwapClusters(name, ifExists, name(action.identifier()));
    }
    if (action.RESET() != null) {
      return new Statement.AlterClusterReset(
          name, ifExists, options.names(action.clusterOptionName()));
    }
    return new Statement.AlterClusterSet(
        name,
        ifExists,
        options.ofCluster(action.clusterOption()),
        Optional.ofNullable(action.waitClause()).map(options::wait));
  }

  private static Statement drop(DropRestContext context) {
    boolean ifExists = present(context.ifExists());
    if (context.SCHEMA() != null) {
      ParserRuleContext last =
          context.identifier().isEmpty() ? context.objectName() : context.identifier(0);
      return new Statement.DropSchema(name(last), ifExists);
    }
    if (context.REPLICA() != null) {
      List<ReplicaName> replicas =
          context.replicaName().stream().map(TreeBuilder::replica).toList();
      return new Statement.DropReplicas(replicas, ifExists);
    }
    List<String> names = new ArrayList<>();
    names.add(name(context.objectName()));
    context.identifier().forEach(identifier -> names.add(name(identifier)));
    return new Statement.DropClusters(names, ifExists, behavior(context));
  }

  private static DropBehavior behavior(DropRestContext context) {
    if (context.CASCADE() != null) {
      return DropBehavior.CASCADE;
    }
    return context.RESTRICT() != null ? DropBehavior.RESTRICT : DropBehavior.UNSPECIFIED;
  }

  private static Statement comment(CommentRestContext context) {
    return switch (context) {
      case CommentOnReplicaContext on ->
          new Statement.CommentOnReplica(replica(on.replicaName()), text(on.commentText()));
      case CommentOnClusterContext on ->
          new Statement.CommentOnCluster(name(on.objectName()), text(on.commentText()));
      case CommentOnRoleContext on ->
          new Statement.CommentOnRole(name(on.identifier()), text(on.commentText()));
      default -> throw unknown(context);
    };
  }

  private static Optional<String> text(CommentTextContext context) {
    return Optional.ofNullable(context.string()).map(TreeBuilder::string);
  }

  static IllegalStateException unknown(ParserRuleContext context) {
    return new IllegalStateException("no tree for " + context.getClass().getSimpleName());
  }
}
