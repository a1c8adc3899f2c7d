package io.coffer.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * When the next order may be made after some that failed: the pauses double, and in any hour there
 * are five failures at most, as many as Let's Encrypt allows, even if the server starts again
 * meanwhile. Used by one thread.
 */
final class AcmePace {
  static final int FAILURES_PER_HOUR = 5;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(3);
  private static final int DOUBLINGS = 5;

  /** Longer than any authority may ask to wait, so that a strange answer is no end. */
  private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  private final Path file;
  private final RandomGenerator random;
  private final Deque<Instant> failures = new ArrayDeque<>();
  private int inARow;
  private Instant paused = Instant.MIN;

  private AcmePace(Path file, RandomGenerator random) {
    this.file = file;
    this.random = random;
  }

  /** With what the file says about the last hour; one that is damaged says nothing. */
  static AcmePace of(Path file, Instant now, RandomGenerator random) throws IOException {
    var pace = new AcmePace(file, random);
    try {
      for (var line : Files.readAllLines(file)) {
        pace.failures.add(Instant.parse(line));
      }
    } catch (NoSuchFileException e) {
      return pace;
    } catch (java.time.format.DateTimeParseException
        | java.nio.charset.CharacterCodingException e) {
      pace.failures.clear();
    }
    pace.forget(now);
    return pace;
  }

  /** Drops what is older than an hour, or lies in a future that the clock was set back from. */
  private void forget(Instant now) {
    failures.removeIf(time -> !time.isAfter(now.minus(HOUR)) || time.isAfter(now));
  }

  /**
   * Notes a failure.
   *
   * @param wanted when the authority wants to be asked again; a time that is past if it said
   *     nothing
   * @throws IOException it is noted, but will not be after a new start
   */
  void failed(Instant now, Instant wanted) throws IOException {
    var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow, DOUBLINGS));
    pause = pause.plusMillis(random.nextLong(pause.toMillis() / 4));
    inARow++;
    paused = now.plus(pause);
    if (wanted.isAfter(paused)) {
      var latest = now.plus(LONGEST_PAUSE);
      paused = wanted.isAfter(latest) ? latest : wanted;
    }
    forget(now);
    failures.add(now);
    var lines = failures.stream().map(Instant::toString).collect(Collectors.joining("\n"));
    SecretFile.write(file, lines + "\n");
  }

  void succeeded() {
    inARow = 0;
    paused = Instant.MIN;
  }

  /** From when on an order may be made; a time that is past for now. */
  Instant next(Instant now) {
    forget(now);
    if (failures.size() < FAILURES_PER_HOUR) {
      return paused;
    }
    var room = failures.stream().skip(failures.size() - FAILURES_PER_HOUR).findFirst();
    var hourAfter = room.map(time -> time.plus(HOUR)).orElse(paused);
    return hourAfter.isAfter(paused) ? hourAfter : paused;
  }
}
