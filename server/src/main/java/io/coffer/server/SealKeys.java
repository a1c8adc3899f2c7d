package io.coffer.server;

import io.coffer.service.Service;
import io.coffer.service.identity.KeyRing;
import io.coffer.service.identity.SealKey;
import io.coffer.service.identity.WrongSealKey;
import io.coffer.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The keys that seal the secrets of one store, and their replacement. Thread-safe. */
final class SealKeys {
  /**
   * No session lasts longer (GetSessionToken), and its token is sealed with the key of its time.
   */
  private static final Duration LONGEST_SESSION = Duration.ofHours(36);

  private final @Nullable SealKeyFile file;
  private final KeyRing ring;
  private final ReentrantLock rotating = new ReentrantLock();

  private SealKeys(@Nullable SealKeyFile file, KeyRing ring) {
    this.file = file;
    this.ring = ring;
  }

  KeyRing ring() {
    return ring;
  }

  /**
   * The keys that are given, or those in the data directory, or a new one that is kept there; for a
   * store in memory one that nobody else will ever have.
   *
   * @param directory null for memory
   * @throws UsageException they cannot be had
   */
  static SealKeys of(@Nullable Path directory, SealKeySource source, Storage storage) {
    if (!source.isOwn()) {
      return new SealKeys(null, new KeyRing(source.given()));
    }
    if (directory == null) {
      return new SealKeys(null, KeyRing.random());
    }
    var file = new SealKeyFile(directory.resolve("secrets"));
    try {
      var lines = file.read();
      if (lines.isEmpty()) {
        requireNew(storage, file);
        lines = List.of(new SealKeyFile.Line(SealKey.random(), null));
        file.write(lines);
      }
      return new SealKeys(file, new KeyRing(keys(lines)));
    } catch (IOException e) {
      throw UsageException.failed(
          "The seal key cannot be kept in the data directory (%s); mend that, or give the key with"
                  .formatted(Messages.of(e))
              + " --seal-key-file.",
          e);
    }
  }

  private static void requireNew(Storage storage, SealKeyFile file) {
    var id = Service.sealKeyOf(storage);
    if (id.isPresent()) {
      throw UsageException.failed(
          "The secrets of this store are sealed with the key %s, and %s is not there; restore it"
                  .formatted(id.get(), file.path())
              + " from a backup, or give the key with --seal-key-file.");
    }
  }

  /** What an operator is told who gave another key. */
  static UsageException wrong(WrongSealKey e) {
    return UsageException.failed(
        "The server cannot start, because %s; give it that key (secrets/seal.key of a backup, %s or"
                .formatted(Messages.of(e), Setting.SEAL_KEY_FILE.flag())
            + " COFFER_SEAL_KEY).",
        e);
  }

  private static List<SealKey> keys(List<SealKeyFile.Line> lines) {
    return lines.stream().map(SealKeyFile.Line::key).toList();
  }

  /** Does something during which the keys are not replaced: a snapshot has rows and keys. */
  void whileTheyStay(Runnable work) {
    rotating.lock();
    try {
      work.run();
    } finally {
      rotating.unlock();
    }
  }

  private static void requireRoom(boolean sealed) {
    if (!sealed) {
      throw UsageException.failed(
          "The disk is full, so that not all secrets are sealed anew; make room, and start the"
              + " server again or repeat the command.");
    }
  }

  /**
   * Puts a new key in the place of the newest, and seals all secrets with it. Older keys open the
   * tokens of sessions until all of these have ended. A crash at any point loses nothing: the file
   * has the new key before anything is sealed with it, and the next start goes on.
   *
   * @return the id of the new key
   * @throws UsageException the keys are the operator's, or the file cannot be written
   */
  String rotate(Service service, Instant now) {
    if (file == null) {
      throw UsageException.failed(
          "The seal key of this store is given by a setting: put a new key before it there, start"
              + " the server again, and take the old one out 36 hours later.");
    }
    rotating.lock();
    try {
      requireRoom(service.sealAnew());
      var lines = new ArrayList<SealKeyFile.Line>();
      lines.add(new SealKeyFile.Line(SealKey.random(), null));
      for (var line : file.read()) {
        var replaced =
            line.replaced() == null ? now.truncatedTo(ChronoUnit.SECONDS) : line.replaced();
        if (now.isBefore(replaced.plus(LONGEST_SESSION))) {
          lines.add(new SealKeyFile.Line(line.key(), replaced));
        }
      }
      file.write(lines);
      ring.replace(keys(lines));
      requireRoom(service.sealAnew());
      return ring.newest().id();
    } catch (IOException e) {
      throw UsageException.failed(
          "The new key cannot be kept (" + Messages.of(e) + "); the old one stays.", e);
    } finally {
      rotating.unlock();
    }
  }
}
