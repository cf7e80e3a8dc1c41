package dev.muster.deploy.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** A running server that speaks the PostgreSQL protocol on loopback. */
interface Server {
  String HOST = "127.0.0.1";

  /** How it is called in the tables. */
  String name();

  int port();

  String user();

  Optional<String> password();

  String database();

  /** The main process of the server. */
  ProcessHandle process();

  default Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user());
    password().ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("sslmode", "disable");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("ApplicationName", "muster-bench");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + HOST + ":" + port() + "/" + database(), properties);
  }
}
