package dev.muster.api.sql.session;

import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.sql.statement.Variables;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One session's variables. A value is, in this order: what the transaction set for itself, what the
 * session set, what the start-up set, the default. Used by one thread at a time.
 */
final class SessionVariables implements Variables {
  private final Map<String, String> startUp = new HashMap<>();
  private Map<String, String> session = new HashMap<>();
  private Map<String, String> beforeTransaction = Map.of();
  private final Map<String, String> local = new HashMap<>();
  private Map<String, String> told = Map.of();

  /** Whether a value may have changed since the client was told: asked after each statement. */
  private boolean touched = true;

  /** A value of the start-up message, to which RESET goes back. */
  void startUp(String name, String value) {
    VariableDefinition variable = defined(name);
    startUp.put(key(variable), variable.kind().checked(variable, List.of(value)));
  }

  /** A value that no client may choose. */
  void fix(String name, String value) {
    startUp.put(key(defined(name)), value);
  }

  private static String key(VariableDefinition variable) {
    return VariableDefinitions.key(variable.name());
  }

  private static VariableDefinition defined(String name) {
    return VariableDefinitions.find(name).orElseThrow(() -> unknown(name));
  }

  static SqlException unknown(String name) {
    return SqlErrors.error(
        SqlErrors.UNDEFINED_OBJECT,
        "unrecognized configuration parameter " + SqlErrors.quoted(name));
  }

  private String valueOf(VariableDefinition variable) {
    String key = key(variable);
    String value = local.get(key);
    if (value == null) {
      value = session.get(key);
    }
    if (value == null) {
      value = startUp.get(key);
    }
    return value == null ? variable.defaultValue() : value;
  }

  /** The value of a variable that there is. */
  String valueOf(String name) {
    return valueOf(defined(name));
  }

  private Setting setting(VariableDefinition variable) {
    return new Setting(variable.name(), valueOf(variable), variable.description());
  }

  @Override
  public Setting show(String name) {
    return setting(defined(name));
  }

  @Override
  public List<Setting> showAll() {
    return VariableDefinitions.all().stream().map(this::setting).toList();
  }

  @Override
  public Optional<String> value(String name) {
    return VariableDefinitions.find(name).map(this::valueOf);
  }

  @Override
  public void set(String name, List<String> values, boolean forTransaction) {
    VariableDefinition variable = defined(name);
    put(variable, variable.kind().checked(variable, values), forTransaction);
  }

  private void put(VariableDefinition variable, String value, boolean forTransaction) {
    touched = true;
    if (forTransaction) {
      local.put(key(variable), value);
    } else {
      local.remove(key(variable));
      session.put(key(variable), value);
    }
  }

  @Override
  public void reset(String name, boolean forTransaction) {
    VariableDefinition variable = defined(name);
    if (variable.kind() instanceof VariableKind.ReadOnly) {
      variable.kind().checked(variable, List.of());
    }
    put(variable, startUp.getOrDefault(key(variable), variable.defaultValue()), forTransaction);
  }

  @Override
  public void resetAll() {
    touched = true;
    session.clear();
    local.clear();
  }

  void begin() {
    beforeTransaction = new HashMap<>(session);
    local.put("transaction_read_only", valueOf("default_transaction_read_only"));
    touched = true;
  }

  void commit() {
    touched = true;
    local.clear();
  }

  /**
   * @param inBlock whether there is a transaction whose settings go with it
   */
  void rollbackIf(boolean inBlock) {
    if (inBlock) {
      touched = true;
      local.clear();
      session = new HashMap<>(beforeTransaction);
    }
  }

  /** All, by lower-case name. */
  Map<String, String> all() {
    Map<String, String> all = new HashMap<>();
    VariableDefinitions.all().forEach(variable -> all.put(key(variable), valueOf(variable)));
    return all;
  }

  Map<String, String> reported() {
    Map<String, String> reported = new LinkedHashMap<>();
    VariableDefinitions.all().stream()
        .filter(VariableDefinition::reported)
        .forEach(variable -> reported.put(variable.name(), valueOf(variable)));
    told = reported;
    return reported;
  }

  /** Those of the reported whose value is no longer the one last told. */
  Map<String, String> takeChanged() {
    if (!touched) {
      return Map.of();
    }
    touched = false;
    Map<String, String> before = told;
    Map<String, String> changed = new LinkedHashMap<>(reported());
    changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
    return changed;
  }
}
