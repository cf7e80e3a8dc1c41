package dev.muster.api.catalog.relation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All relations, and what each reads. Immutable. */
public final class Relations {
  /** The schemas that names without one are looked for in. */
  public static final List<String> SEARCH_PATH = List.of("mz_catalog", "pg_catalog");

  /** Our own queries name what they read as {@code schema.name}, never quoted. */
  private static final Pattern READ = Pattern.compile("\\b([a-z_]+)\\.([a-z_]+)\\b");

  private final Map<String, Relation> byName = new LinkedHashMap<>();
  private final Map<String, Set<Feed>> feeds = new LinkedHashMap<>();

  public Relations() {
    List.of(
            MzCatalogRelations.all(),
            MzInternalRelations.all(),
            UsageRelations.all(),
            AdviceRelations.all(),
            MzReplicaRelations.all(),
            MzPrivilegeRelations.all(),
            MzEmptyRelations.all(),
            PgCatalogRelations.all(),
            PgEmptyRelations.all(),
            InformationSchemaRelations.all())
        .forEach(relations -> relations.forEach(this::add));
  }

  /** In this order each relation comes after those that it reads. */
  public Collection<Relation> all() {
    return byName.values();
  }

  /** By schema and name. */
  public Optional<Relation> find(String schema, String name) {
    return Optional.ofNullable(byName.get(schema + "." + name));
  }

  /** By name alone. */
  public Optional<Relation> find(String name) {
    return SEARCH_PATH.stream().flatMap(schema -> find(schema, name).stream()).findFirst();
  }

  /** The feeds that a relation needs, directly or through others. */
  public Set<Feed> feeds(Relation relation) {
    return feeds.get(relation.qualifiedName());
  }

  private void add(Relation relation) {
    Set<Feed> needed = EnumSet.noneOf(Feed.class);
    for (String read : reads(relation)) {
      Set<Feed> ofRead = feeds.get(read);
      if (ofRead != null) {
        needed.addAll(ofRead);
      }
      for (BaseTable base : BaseTable.values()) {
        if (read.equals("base." + base.tableName())) {
          needed.add(base.feed());
        }
      }
    }
    feeds.put(relation.qualifiedName(), needed);
    if (byName.putIfAbsent(relation.qualifiedName(), relation) != null) {
      throw new IllegalStateException("relation defined twice: " + relation.qualifiedName());
    }
  }

  private static List<String> reads(Relation relation) {
    List<String> names = new ArrayList<>();
    Matcher matcher = READ.matcher(relation.query().orElse(""));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }
}
