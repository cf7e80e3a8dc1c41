package dev.muster.api.replay;

import dev.muster.api.replay.Declaration.Cluster;
import dev.muster.api.sql.tree.Statement;
import java.util.List;

/** The statements that make a declaration out of a new installation. */
public final class Rebuild {
  /** What a new installation has for its users. */
  private static final String DEFAULT_CLUSTER = "quickstart";

  private Rebuild() {}

  public static Script of(Declaration wanted) {
    Script script = new Script();
    script.remark(
        "For a new installation, with the same zones, sizes and roles. Clusters get new ids;"
            + " those of the system are left as they are.");
    script.run(
        new Statement.DropClusters(
            List.of(DEFAULT_CLUSTER), true, Statement.DropBehavior.UNSPECIFIED),
        false);
    List<Cluster> users =
        wanted.clusters().stream().filter(cluster -> !cluster.id().isSystem()).toList();
    Undo.write(
        Declaration.NOTHING,
        new Declaration(users, wanted.roleComments(), wanted.zonesOut(), wanted.parameters()),
        script);
    return script;
  }
}
