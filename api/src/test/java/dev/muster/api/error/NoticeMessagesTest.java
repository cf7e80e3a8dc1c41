package dev.muster.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.Notice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeMessagesTest {
  @Test
  void aWaitThatIsNotHeededIsSaidSo() {
    assertEquals(
        SqlMessage.notice(
            "01000", "a conversion does not heed the WAIT clause: the change was made at once"),
        NoticeMessages.of(new Notice.WaitNotSupported()));
  }

  @Test
  void recreatedReplicasAreCounted() {
    assertEquals(
        "one of the cluster's replicas was dropped and recreated",
        NoticeMessages.of(new Notice.ReplicasRecreated(1)).message());
    assertEquals(
        "2 of the cluster's replicas were dropped and recreated",
        NoticeMessages.of(new Notice.ReplicasRecreated(2)).message());
  }

  @Test
  void whatAClusterLosesIsNamed() {
    SqlMessage message =
        NoticeMessages.of(new Notice.OptionsGivenUp(List.of("MIN SIZE", "MAX SIZE")));
    assertEquals(
        "the cluster has lost MIN SIZE, MAX SIZE, which unmanaged clusters do not have",
        message.message());
    assertEquals(
        Optional.of("SET (MANAGED = true) does not bring them back: give them again then."),
        message.hint());
  }
}
