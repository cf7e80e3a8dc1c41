package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a node says that has not become a member: what is the case, and no more. */
final class OutsiderTest {
  private static final String A = "10.0.1.5:25520";
  private static final String B = "10.0.2.5:25520";
  private static final String C = "10.0.3.5:25520";
  private static final Seeds JOINING = new Seeds(List.of(A, B, C), false);

  private static String said(
      Outsider.Why why, Seeds seeds, Map<String, Acquaintance> asked, String... unreachable) {
    return new Outsider(why, seeds, A, asked, List.of(unreachable)).explanation();
  }

  private static Map<String, Acquaintance> asked(Acquaintance b, Acquaintance c) {
    Map<String, Acquaintance> asked = new LinkedHashMap<>();
    asked.put(B, b);
    asked.put(C, c);
    return asked;
  }

  @Test
  void whereNobodyIsReachedNobodyIsSaidToRefuse() {
    String said =
        said(Outsider.Why.NOT_LET_IN, JOINING, asked(Acquaintance.REFUSES, Acquaintance.SILENT));

    assertEquals(
        "no other node can be reached. Asked: 10.0.2.5:25520 refuses connections, 10.0.3.5:25520"
            + " does not answer. Are they started, and is their --node-address what is asked here?",
        said);
  }

  @Test
  void whereSomebodyAnswersItIsSaidWhatHeMayBe() {
    String said =
        said(Outsider.Why.NOT_LET_IN, JOINING, asked(Acquaintance.ANSWERS, Acquaintance.UNKNOWN));

    assertTrue(said.startsWith("no member of the cluster lets this node in."), said);
    assertTrue(said.contains(B + " answers, " + C + " is not known by that name"), said);
    assertTrue(said.contains("in no cluster itself yet"), said);
  }

  @Test
  void whoeverWasAMemberIsToldOfTheWayOut() {
    String said =
        said(
            Outsider.Why.NOT_LET_IN,
            new Seeds(List.of(A, B, C), true),
            asked(Acquaintance.REFUSES, Acquaintance.REFUSES));

    assertTrue(said.contains("--form"), said);
  }

  @Test
  void whoeverWasLetInIsToldForWhomItWaits() {
    String said = said(Outsider.Why.NOT_UP_YET, JOINING, Map.of(), C);

    assertTrue(said.startsWith("the members have let this node in"), said);
    assertTrue(said.contains("not reached are " + C), said);
  }

  @Test
  void anotherConfigurationAndARemovalAreCalledWhatTheyAre() {
    assertTrue(said(Outsider.Why.OTHER_CONFIGURATION, JOINING, Map.of()).contains("configuration"));
    String removed = said(Outsider.Why.REMOVED, JOINING, Map.of());
    assertTrue(removed.contains("have removed it"), removed);
    assertFalse(removed.contains("lets this node in"), removed);
  }

  @Test
  void anAddressIsTriedAsItIs() throws IOException {
    HostAndPort address;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = new HostAndPort("127.0.0.1", socket.getLocalPort());
      assertEquals(Acquaintance.ANSWERS, Acquaintance.of(address));
    }
    assertEquals(Acquaintance.REFUSES, Acquaintance.of(address));
  }
}
