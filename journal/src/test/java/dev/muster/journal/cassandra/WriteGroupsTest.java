package dev.muster.journal.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What shares a request, what goes alone, and what each writer is told. */
class WriteGroupsTest {
  private static final class Refused extends RuntimeException {}

  private record Request(List<Integer> writes, CompletableFuture<String> answer) {}

  /** Requests that are under way until the test answers them. */
  private static final class Server {
    final Deque<Request> underWay = new ArrayDeque<>();
    final List<List<Integer>> received = new ArrayList<>();

    CompletionStage<String> send(List<Integer> writes) {
      Request request = new Request(writes, new CompletableFuture<>());
      received.add(writes);
      underWay.add(request);
      return request.answer();
    }

    void confirm() {
      Request request = underWay.remove();
      request.answer().complete("written " + request.writes());
    }

    void fail(RuntimeException failure) {
      underWay.remove().answer().completeExceptionally(failure);
    }
  }

  private final Server server = new Server();

  private WriteGroups<Integer, String> groups(int writes, int bytes, int underWay) {
    return new WriteGroups<>(
        new WriteGroups.Limits(writes, bytes, underWay),
        server::send,
        failure -> failure instanceof Refused);
  }

  private static CompletableFuture<String> write(WriteGroups<Integer, String> groups, int write) {
    return groups.write(write, 100).toCompletableFuture();
  }

  @Test
  void aloneItGoesAtOnce() {
    CompletableFuture<String> told = write(groups(10, 10_000, 1), 1);

    assertEquals(List.of(List.of(1)), server.received);
    assertFalse(told.isDone());
    server.confirm();
    assertEquals("written [1]", told.join());
  }

  @Test
  void whatComesMeanwhileSharesTheNext() {
    WriteGroups<Integer, String> groups = groups(10, 10_000, 1);
    write(groups, 1);
    CompletableFuture<String> second = write(groups, 2);
    CompletableFuture<String> third = write(groups, 3);
    assertEquals(List.of(List.of(1)), server.received);

    server.confirm();
    assertEquals(List.of(List.of(1), List.of(2, 3)), server.received);
    server.confirm();
    assertEquals("written [2, 3]", second.join());
    assertEquals("written [2, 3]", third.join());
  }

  @Test
  void aFullGroupDoesNotWait() {
    WriteGroups<Integer, String> groups = groups(2, 10_000, 1);
    for (int write = 1; write <= 4; write++) {
      write(groups, write);
    }

    assertEquals(List.of(List.of(1), List.of(2, 3)), server.received);
  }

  @Test
  void bytesFillAGroupToo() {
    WriteGroups<Integer, String> groups = groups(10, 250, 1);
    for (int write = 1; write <= 4; write++) {
      write(groups, write);
    }
    assertEquals(List.of(List.of(1), List.of(2, 3)), server.received);
  }

  @Test
  void whatIsLargerThanAGroupGoesAlone() {
    WriteGroups<Integer, String> groups = groups(10, 250, 1);
    write(groups, 1);
    groups.write(2, 1_000);

    assertEquals(List.of(List.of(1), List.of(2)), server.received);
  }

  @Test
  void eachIsToldOfTheFailureOfItsRequest() {
    WriteGroups<Integer, String> groups = groups(10, 10_000, 1);
    CompletableFuture<String> first = write(groups, 1);
    CompletableFuture<String> second = write(groups, 2);
    CompletableFuture<String> third = write(groups, 3);
    IllegalStateException timeout = new IllegalStateException("no answer in time");

    server.confirm();
    server.fail(timeout);

    assertEquals("written [1]", first.join());
    for (CompletableFuture<String> told : List.of(second, third)) {
      assertSame(timeout, assertThrows(CompletionException.class, told::join).getCause());
    }
  }

  @Test
  void nobodyFailsForTheOtherOneThatIsRefused() {
    WriteGroups<Integer, String> groups = groups(10, 10_000, 1);
    write(groups, 1);
    CompletableFuture<String> second = write(groups, 2);
    CompletableFuture<String> third = write(groups, 3);
    server.confirm();
    server.fail(new Refused());
    assertEquals(List.of(List.of(1), List.of(2, 3), List.of(2), List.of(3)), server.received);

    server.fail(new Refused());
    server.confirm();
    assertTrue(second.isCompletedExceptionally());
    assertEquals("written [3]", third.join());
  }

  @Test
  void aSenderThatThrowsFailsItsRequestAlone() {
    List<List<Integer>> sent = new ArrayList<>();
    WriteGroups<Integer, String> groups =
        new WriteGroups<>(
            new WriteGroups.Limits(10, 10_000, 1),
            writes -> {
              sent.add(writes);
              if (writes.contains(1)) {
                throw new IllegalStateException("closed");
              }
              return CompletableFuture.completedStage("written");
            },
            failure -> false);

    assertTrue(write(groups, 1).isCompletedExceptionally());
    assertEquals("written", write(groups, 2).join());
  }

  @Property
  void eachIsWrittenOnceInOrderAndWithinTheLimits(
      @ForAll @Size(max = 60) List<Boolean> comesOrConfirms,
      @ForAll @IntRange(min = 1, max = 5) int most,
      @ForAll @IntRange(min = 1, max = 3) int underWay) {
    Server one = new Server();
    WriteGroups<Integer, String> groups =
        new WriteGroups<>(
            new WriteGroups.Limits(most, 10_000, underWay), one::send, failure -> false);
    List<CompletableFuture<String>> told = new ArrayList<>();
    for (boolean comes : comesOrConfirms) {
      if (comes) {
        told.add(groups.write(told.size(), 1).toCompletableFuture());
      } else if (!one.underWay.isEmpty()) {
        one.confirm();
      }
      int sent = one.received.stream().mapToInt(List::size).sum();
      assertTrue(told.size() - sent < most, "a full group waits");
      assertTrue(told.size() == sent || one.underWay.size() >= underWay, "one waits for nothing");
    }
    while (!one.underWay.isEmpty()) {
      one.confirm();
    }
    List<Integer> written = one.received.stream().flatMap(List::stream).toList();
    assertEquals(IntStream.range(0, told.size()).boxed().toList(), written);
    assertTrue(one.received.stream().allMatch(group -> group.size() <= most));
    assertTrue(told.stream().allMatch(CompletableFuture::isDone));
  }
}
