package dev.muster.actors.entity;

import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import java.util.List;
import java.util.function.Consumer;

/** A statement whose answer waits until clusters have done their part. */
final class Lead {
  private final Consumer<Reply> answer;
  private final List<Notice> notices;
  private int openSteps;
  private boolean answered;

  Lead(Consumer<Reply> answer, List<Notice> notices) {
    this.answer = answer;
    this.notices = notices;
  }

  /** A lead of which nobody waits for the end. */
  static Lead unattended() {
    return new Lead(reply -> {}, List.of());
  }

  void stepOpened() {
    openSteps++;
  }

  void stepFinished() {
    openSteps--;
    answerIfDone();
  }

  void answerIfDone() {
    if (openSteps == 0) {
      answer(new Reply.Done(notices));
    }
  }

  void refuse(Rejection rejection) {
    answer(new Reply.Refused(rejection));
  }

  private void answer(Reply reply) {
    if (!answered) {
      answered = true;
      answer.accept(reply);
    }
  }
}
