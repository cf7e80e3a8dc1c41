package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.sql.Talk;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VariablesTest {
  private final Talk talk = new Talk();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SET cluster = prod | cluster | prod",
        "SET CLUSTER TO 'Prod' | cluster | Prod",
        "SET cluster TO PROD | cluster | prod",
        "SET SESSION cluster = \"P\" | CLUSTER | P",
        "SET TIME ZONE 'Europe/Berlin' | TimeZone | Europe/Berlin",
        "SET TimeZone = utc | TIME ZONE | UTC",
        "SET TIME ZONE 2 | TimeZone | <+02>-02",
        "SET TimeZone = 'europe/berlin' | TimeZone | Europe/Berlin",
        "SET TIME ZONE LOCAL | TimeZone | UTC",
        "SET search_path TO a, \"B\" | search_path | a, B",
        "SET extra_float_digits = -1 | extra_float_digits | -1",
        "SET extra_float_digits TO 3 | extra_float_digits | 3",
        "SET welcome_message = off | welcome_message | off",
        "SET welcome_message = false | welcome_message | off",
        "SET auto_route_catalog_queries TO ON | auto_route_catalog_queries | on",
        "SET statement_timeout = 1500 | statement_timeout | 1500 ms",
        "SET statement_timeout = '2min' | statement_timeout | 2 min",
        "SET statement_timeout = 0 | statement_timeout | 0",
        "SET client_encoding TO 'utf-8' | client_encoding | UTF8",
        "SET client_encoding TO SQL_ASCII | client_encoding | UTF8",
        "SET NAMES 'UTF8' | client_encoding | UTF8",
        "SET standard_conforming_strings = on | standard_conforming_strings | on",
        "SET DateStyle TO 'ISO' | datestyle | ISO",
        "SET client_min_messages = WARNING | client_min_messages | warning",
        "SET transaction_isolation = 'serializable' | TRANSACTION ISOLATION LEVEL | serializable",
      })
  void areSetAndShown(String set, String name, String value) {
    assertEquals("SET", talk.tag(set));
    assertEquals(value, talk.value("SHOW " + name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SET nope = 1 | unrecognized configuration parameter \"nope\" | 42704",
        "SHOW nope | unrecognized configuration parameter \"nope\" | 42704",
        "RESET nope | unrecognized configuration parameter \"nope\" | 42704",
        "SET a.b = 1 | unrecognized configuration parameter \"a.b\" | 42704",
        "SET server_version = '9' | parameter \"server_version\" cannot be changed | 55P02",
        "RESET mz_version | parameter \"mz_version\" cannot be changed | 55P02",
        "SET max_replicas_per_cluster = 9 | parameter \"max_replicas_per_cluster\" cannot be"
            + " changed | 55P02",
        "SET standard_conforming_strings = off | parameter \"standard_conforming_strings\" can only"
            + " be set to \"on\" | 22023",
        "SET client_encoding = 'LATIN1' | parameter \"client_encoding\" can only be set to \"UTF8\""
            + " | 22023",
        "SET welcome_message = maybe | parameter \"welcome_message\" requires a \"boolean\" value |"
            + " 22023",
        "SET extra_float_digits = 4 | invalid value for parameter \"extra_float_digits\": \"4\" |"
            + " 22023",
        "SET extra_float_digits = x | parameter \"extra_float_digits\" requires a \"integer\" value"
            + " | 22023",
        "SET statement_timeout = 'x' | parameter \"statement_timeout\" requires a \"duration\""
            + " value | 22023",
        "SET TimeZone = 'Mars/Base' | invalid value for parameter \"TimeZone\": \"Mars/Base\" |"
            + " 22023",
        "SET client_min_messages = loud | invalid value for parameter \"client_min_messages\":"
            + " \"loud\" | 22023",
        "DEALLOCATE x | prepared statement \"x\" does not exist | 26000",
      })
  void mistakes(String sql, String message, String sqlState) {
    var error = talk.fails(sql);
    assertEquals(message, error.message());
    assertEquals(sqlState, error.sqlState());
  }

  @Test
  void defaults() {
    assertEquals("quickstart", talk.value("SHOW cluster"));
    assertEquals("materialize", talk.value("SHOW \"database\""));
    assertEquals("strict serializable", talk.value("SHOW transaction_isolation"));
    assertEquals("5", talk.value("SHOW max_replicas_per_cluster"));
    assertEquals("on", talk.value("SHOW is_superuser"));
    assertTrue(talk.value("SHOW mz_version").matches("v\\d+\\.\\d+\\.\\d+ .*"));
  }

  @Test
  void resetGoesBackToTheStartUp() {
    Talk other = new Talk("materialize", Map.of("cluster", "mine"));
    other.send("SET cluster = x");
    assertEquals("RESET", other.tag("RESET cluster"));
    assertEquals("mine", other.value("SHOW cluster"));
    other.send("SET cluster = x; SET database = y");
    assertEquals("DISCARD ALL", other.tag("DISCARD ALL"));
    assertEquals("mine", other.value("SHOW cluster"));
    other.send("SET cluster = x");
    other.send("SET cluster TO DEFAULT");
    assertEquals("mine", other.value("SHOW cluster"));
    other.send("SET cluster = x");
    other.send("RESET ALL");
    assertEquals("mine", other.value("SHOW cluster"));
  }

  @Test
  void showAllListsEverythingByName() {
    List<List<Object>> rows = talk.rows("SHOW ALL");
    assertTrue(rows.stream().anyMatch(row -> row.get(0).equals("TimeZone")));
    assertTrue(rows.stream().allMatch(row -> row.size() == 3 && !row.get(2).equals("")));
    List<String> names =
        rows.stream().map(r -> r.getFirst().toString().toLowerCase(Locale.ROOT)).toList();
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Test
  void missingObjectsAreToldOf() {
    talk.send("SET cluster = nope");
    assertEquals(List.of("cluster \"nope\" does not exist"), talk.notices());
    talk.send("SET cluster = quickstart");
    assertEquals(List.of(), talk.notices());
    talk.send("SET database = d");
    assertEquals(List.of("database \"d\" does not exist"), talk.notices());
    talk.send("SET current_object_missing_warnings = off; SET cluster = nope");
    assertEquals(List.of(), talk.notices());
  }

  @Test
  void unwantedMessagesAreKeptBack() {
    talk.send("SET client_min_messages = warning; SET cluster = nope; COMMIT");
    assertEquals(List.of("there is no transaction in progress"), talk.notices());
  }

  @Test
  void localOutsideATransactionDoesNothing() {
    talk.send("SET LOCAL cluster = x");
    assertEquals(List.of("SET LOCAL can only be used in transaction blocks"), talk.notices());
    assertEquals("quickstart", talk.value("SHOW cluster"));
  }

  @Test
  void driversHousekeeping() {
    assertEquals("DEALLOCATE ALL", talk.tag("DEALLOCATE ALL"));
    assertEquals("DISCARD PLANS", talk.tag("DISCARD PLANS"));
    talk.send("BEGIN");
    assertEquals("25001", talk.fails("DISCARD ALL").sqlState());
  }

  @Test
  void changesOfWhatIsReportedAreToldOnce() {
    Map<String, String> reported = talk.session().reportedParameters();
    assertEquals("9.5.0", reported.get("server_version"));
    assertEquals("UTF8", reported.get("client_encoding"));
    assertEquals("on", reported.get("integer_datetimes"));
    assertTrue(reported.get("mz_version").startsWith("v0."));
    assertEquals(Map.of(), talk.session().takeChangedParameters());
    talk.send("SET application_name = 'me'; SET welcome_message = off");
    assertEquals(Map.of("application_name", "me"), talk.session().takeChangedParameters());
    assertEquals(Map.of(), talk.session().takeChangedParameters());
  }
}
