package dev.muster.api.sql.statement;

import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.sql.tree.QueryPiece;
import dev.muster.api.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** Which class carries out which statement. */
public final class Statements {
  private Statements() {}

  /**
   * @throws dev.muster.api.error.SqlException with SQLSTATE 0A000 for what we do not carry out
   */
  public static Executable of(Statement statement) {
    return switch (statement) {
      case Statement.CreateCluster tree -> new CreateClusterStatement(tree);
      case Statement.AlterClusterSet tree -> new AlterClusterSetStatement(tree);
      case Statement.AlterClusterReset tree -> new AlterClusterResetStatement(tree);
      case Statement.RenameCluster tree -> new RenameClusterStatement(tree);
      case Statement.SwapClusters tree -> new SwapClustersStatement(tree);
      case Statement.ChangeClusterOwner tree -> new ChangeClusterOwnerStatement(tree);
      case Statement.DropClusters tree -> new DropClustersStatement(tree);
      case Statement.CreateReplica tree -> new CreateReplicaStatement(tree);
      case Statement.RenameReplica tree -> new RenameReplicaStatement(tree);
      case Statement.DropReplicas tree -> new DropReplicasStatement(tree);
      case Statement.CommentOnCluster tree -> new CommentOnClusterStatement(tree);
      case Statement.CommentOnReplica tree -> new CommentOnReplicaStatement(tree);
      case Statement.CommentOnRole tree -> new CommentOnRoleStatement(tree);
      case Statement.TakeZoneOut tree ->
          new AlterZoneStatement(new EnvironmentCommand.TakeZoneOut(tree.zone(), tree.reason()));
      case Statement.BringZoneBack tree ->
          new AlterZoneStatement(new EnvironmentCommand.BringZoneBack(tree.zone()));
      case Statement.AlterSystem tree -> new AlterSystemStatement(tree);
      case Statement.ResetSystem ignored -> new ResetSystemStatement();
      case Statement.SwapSchemas tree -> new SwapSchemasStatement(tree);
      case Statement.DropSchema tree -> new DropSchemaStatement(tree);
      case Statement.ShowObjects tree -> ShowObjectsStatement.of(tree);
      case Statement.ShowCreateCluster tree -> new ShowCreateClusterStatement(tree);
      case Statement.ShowVariable tree -> new ShowVariableStatement(tree);
      case Statement.ShowAllVariables ignored -> new ShowAllVariablesStatement();
      case Statement.Query tree -> query(tree);
      case Statement.SetVariable tree -> new SetVariableStatement(tree);
      case Statement.ResetVariable tree -> new ResetVariableStatement(tree);
      case Statement.ResetAllVariables ignored -> new ResetAllVariablesStatement();
      case Statement.SetTransaction tree -> new SetTransactionStatement(tree);
      case Statement.Discard tree -> new DiscardStatement(tree);
      case Statement.Deallocate tree -> new DeallocateStatement(tree);
      case Statement.Begin tree ->
          new TransactionControl.Begin(tree.start() ? "START TRANSACTION" : "BEGIN", tree.modes());
      case Statement.Commit tree -> {
        refuseChain(tree.chain());
        yield new TransactionControl.Commit();
      }
      case Statement.Rollback tree -> {
        refuseChain(tree.chain());
        yield new TransactionControl.Rollback();
      }
      case Statement.Explain tree -> explain(tree);
      case Statement.Unsupported tree -> throw SqlErrors.unsupported(tree.what());
    };
  }

  private static Executable explain(Statement.Explain tree) {
    if (tree.explained() instanceof Statement.Unsupported other) {
      throw SqlErrors.unsupported("EXPLAIN " + other.what())
          .withHint("What can be explained is a CREATE, ALTER, DROP or COMMENT ON of clusters.");
    }
    if (of(tree.explained()) instanceof DataDefinition definition) {
      return new ExplainStatement(definition);
    }
    throw SqlErrors.unsupported("EXPLAIN of this statement");
  }

  private static void refuseChain(boolean chain) {
    if (chain) {
      throw SqlErrors.unsupported("CHAIN");
    }
  }

  private static CatalogQuery query(Statement.Query tree) {
    List<CatalogQuery.Piece> pieces = new ArrayList<>();
    for (QueryPiece piece : tree.pieces()) {
      switch (piece) {
        case QueryPiece.Text text -> pieces.add(new CatalogQuery.Piece.Text(text.text()));
        case QueryPiece.Show show -> pieces.addAll(shown(show.show()));
      }
    }
    return new CatalogQuery("SELECT", pieces, tree.asOf(), tree.pieces().size() == 1);
  }

  private static List<CatalogQuery.Piece> shown(Statement show) {
    return switch (of(show)) {
      case Report report -> List.of(new CatalogQuery.Piece.Rows(report));
      case CatalogQuery query -> query.pieces();
      case DataDefinition impossible -> throw new IllegalStateException(impossible.tag());
      case SessionStatement impossible -> throw new IllegalStateException(impossible.tag());
      case TransactionControl impossible -> throw new IllegalStateException(impossible.tag());
    };
  }
}
