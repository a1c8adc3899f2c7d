package io.coffer.service;

import io.coffer.service.Finding.Target;
import io.coffer.service.ScrubState.Stage;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything, again and again, while others read and write: every version and upload with
 * its bytes, then the files of rows. It goes on where an earlier run of the program ended, or a
 * little before. One thread calls the steps; figures may be asked by any.
 */
final class Scrub {
  private static final Logger LOG = System.getLogger(Scrub.class.getName());

  /** After so many bytes a step ends. */
  private static final long STEP_BYTES = 8 << 20;

  /** So often a step that fails is tried again before that is taken for damage. */
  private static final int FAILURES_BORNE = 3;

  /** How much of the work is done again after a crash. */
  private static final Duration SAVE_EVERY = Duration.ofMinutes(1);

  private final Storage storage;
  private final Transactions transactions;
  private final Environment environment;
  private final Duration interval;
  private final Pace pace;
  private final Tally tally = new Tally();
  private final KnownDamage known;
  private final Patience.OfSome patience = new Patience.OfSome(FAILURES_BORNE);
  private final Walk walk;
  private volatile @Nullable ScrubState state;
  private Instant savedAt = Instant.MIN;

  Scrub(
      Storage storage,
      Transactions transactions,
      Environment environment,
      Duration interval,
      Pace pace) {
    this.storage = storage;
    this.transactions = transactions;
    this.environment = environment;
    this.interval = interval;
    this.pace = pace;
    known = new KnownDamage(storage, transactions);
    walk = new Walk(storage, tally, STEP_BYTES, pace, patience, this::found);
  }

  Figures.ScrubFigures figures() {
    var now = state();
    var end = now.lastEnd();
    return new Figures.ScrubFigures(
        now.pass(),
        end == null ? 0 : end.toEpochMilli() / 1_000.0,
        tally.objects(),
        tally.blobs(),
        tally.bytes(),
        tally.damage(),
        known.count());
  }

  /** How far it has come; {@link ScrubState#NEVER} when no step was made yet. */
  ScrubState state() {
    var now = state;
    return now == null ? ScrubState.NEVER : now;
  }

  /**
   * Does some of the work.
   *
   * @return how long there is nothing to do; zero when there is more
   * @throws Pace.Ended the work is to end
   * @throws io.coffer.storage.StorageException the step is to be tried again later
   */
  Duration step() {
    var from = state;
    if (from == null) {
      from = load();
    }
    pace.accept(0);
    var now = environment.clock().instant();
    if (from.stage() == Stage.DONE) {
      var wait = untilNextPass(from, now);
      if (wait.isPositive()) {
        return wait;
      }
      from = from.nextPass();
      state = from;
    }
    var next =
        from.stage() == Stage.OBJECTS ? from.walked(walk.step(from.position())) : inspect(from);
    state = next;
    patience.restore();
    if (next.stage() == Stage.DONE) {
      end(next);
    } else if (Duration.between(savedAt, now).abs().compareTo(SAVE_EVERY) > 0) {
      save();
    }
    return Duration.ZERO;
  }

  /** Reads what earlier runs have left, for the figures; what cannot be read now is read later. */
  void recall() {
    try {
      load();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "How far the check had come cannot be read", e);
    }
  }

  private ScrubState load() {
    var loaded =
        storage
            .get(new RowKey(Paths.SCRUB, Paths.SCRUB_STATE))
            .map(ScrubState::decode)
            .orElse(ScrubState.NEVER);
    known.load();
    state = loaded;
    savedAt = environment.clock().instant();
    return loaded;
  }

  /** Never more than the interval, wherever the clock has been meanwhile. */
  private Duration untilNextPass(ScrubState done, Instant now) {
    if (done.lastEnd() == null) {
      return Duration.ZERO;
    }
    var wait = Duration.between(now, done.lastEnd().plus(interval));
    return wait.compareTo(interval) > 0 ? interval : wait;
  }

  private ScrubState inspect(ScrubState from) {
    var step = storage.inspect(from.cursor());
    for (var finding : step.findings()) {
      if (finding.kind() == Kind.DAMAGE) {
        tally.found(Kind.DAMAGE);
        var advice = "restore the data directory from a snapshot or backup";
        found(new Finding(Kind.DAMAGE, Target.NONE, null, finding.text(), advice));
      }
    }
    tally.bytes(step.bytes());
    pace.accept(step.bytes());
    return from.inspected(step.next(), environment.clock().instant());
  }

  private void found(Finding finding) {
    boolean isNew = true;
    try {
      isNew = known.isNew(finding, state().pass());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A damage cannot be remembered, and may be told of again", e);
    }
    if (isNew) {
      LOG.log(Level.ERROR, finding.kind() + " " + finding.line());
    }
  }

  private void end(ScrubState ended) {
    save();
    try {
      known.forgetBefore(ended.pass());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Damage that was mended stays in the figures for another pass", e);
    }
    LOG.log(
        Level.INFO,
        "Pass {0} over everything ended; known damage: {1}",
        ended.pass(),
        known.count());
  }

  /** Writes down how far it has come. A storage that takes no writes is none of its business. */
  void save() {
    var now = state;
    if (now == null) {
      return;
    }
    try {
      transactions.insist(transactions.batch(Paths.SCRUB).put(Paths.SCRUB_STATE, now.encode()));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "How far the check has come cannot be written", e);
    }
    savedAt = environment.clock().instant();
  }
}
