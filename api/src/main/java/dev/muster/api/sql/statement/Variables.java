package dev.muster.api.sql.statement;

import java.util.List;
import java.util.Optional;

/** The session's variables, as statements see them. Names are told apart without regard to case. */
public interface Variables {
  /** A variable as {@code SHOW ALL} lists it. */
  record Setting(String name, String value, String description) {}

  /**
   * The value.
   *
   * @throws dev.muster.api.error.SqlException with SQLSTATE 42704 where there is no such variable
   */
  Setting show(String name);

  /** All, by name. */
  List<Setting> showAll();

  /**
   * @param values as they were given; more than one is a list
   * @param local until the end of the transaction only
   */
  void set(String name, List<String> values, boolean local);

  void reset(String name, boolean local);

  void resetAll();

  /** The value where there is such a variable. */
  Optional<String> value(String name);
}
