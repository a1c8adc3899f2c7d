package io.coffer.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The key of the root account, and the canonical id of that account: kept in the data directory,
 * readable by the owner alone.
 *
 * @param isNew whether it was made just now, so that the secret has to be shown once
 */
record RootKey(String accessKeyId, String secretAccessKey, String canonicalId, boolean isNew) {
  private static final String FILE = "root.properties";
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** A random one that nothing keeps. */
  static RootKey random() {
    var random = new SecureRandom();
    var id = new byte[32];
    random.nextBytes(id);
    return new RootKey(
        text(random, LETTERS, 20),
        text(random, SECRET_LETTERS, 40),
        HexFormat.of().formatHex(id),
        true);
  }

  private static String text(SecureRandom random, String letters, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /** The given pair, or a random one, for a server in memory. */
  static RootKey inMemory(@Nullable String accessKeyId, @Nullable String secretAccessKey) {
    var random = random();
    return accessKeyId == null || secretAccessKey == null
        ? random
        : new RootKey(accessKeyId, secretAccessKey, random.canonicalId(), false);
  }

  /**
   * The given pair, or the one in the directory, or a new one that is written there. Of a given
   * pair only the canonical id is written.
   *
   * @param secrets the directory of secrets, made if need be
   */
  static RootKey in(Path secrets, @Nullable String accessKeyId, @Nullable String secretAccessKey)
      throws IOException {
    var file = secrets.resolve(FILE);
    var kept = Files.exists(file) ? read(file) : new Properties();
    var fresh = random();
    var canonicalId = kept.getProperty("canonical-id", fresh.canonicalId());
    var keptAccess = kept.getProperty("access-key");
    var keptSecret = kept.getProperty("secret-key");
    boolean given = accessKeyId != null && secretAccessKey != null;
    if (!kept.containsKey("canonical-id") || (!given && keptAccess == null)) {
      var lines = new StringBuilder("# The root account of this store. Keep this file secret.\n");
      lines.append("canonical-id=").append(canonicalId).append('\n');
      if (!given) {
        lines.append("access-key=").append(fresh.accessKeyId()).append('\n');
        lines.append("secret-key=").append(fresh.secretAccessKey()).append('\n');
      }
      write(secrets, file, lines.toString());
    }
    if (accessKeyId != null && secretAccessKey != null) {
      return new RootKey(accessKeyId, secretAccessKey, canonicalId, false);
    }
    return keptAccess == null || keptSecret == null
        ? new RootKey(fresh.accessKeyId(), fresh.secretAccessKey(), canonicalId, true)
        : new RootKey(keptAccess, keptSecret, canonicalId, false);
  }

  private static Properties read(Path file) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    return properties;
  }

  /** Whole or not at all, and on disk before anybody relies on it. */
  private static void write(Path directory, Path file, String text) throws IOException {
    if (!Files.isDirectory(directory)) {
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      Files.createDirectories(directory, ownerOnly);
    }
    var scratch = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(scratch);
    Files.createFile(
        scratch,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
