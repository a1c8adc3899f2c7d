package io.coffer.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** A data directory with all kinds of things in it, and ways to damage it. */
final class DataOnDisk {
  /** Goes to a file of its own: five blocks, the last one not full. */
  static final String LARGE = random(300_000);

  /** Lives among the rows, in one of RocksDB's blob files, as it is. */
  static final String INLINE = random(8_000);

  private static final String PART = random(5 << 20);
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final Path directory;

  DataOnDisk(Path directory) {
    this.directory = directory;
  }

  private static String random(int length) {
    var bytes = new byte[length / 2];
    new Random(length).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  ServerOptions options() {
    return ServerOptions.inMemory().withDirectory(directory);
  }

  /** Puts everything there by a server, which then ends. */
  void fill() {
    try (var server = CofferServer.start(options())) {
      var client = Client.of(server);
      ok(client.send("PUT", "/plain", ""));
      ok(client.send("PUT", "/plain/large", LARGE));
      ok(client.send("PUT", "/plain/inline", INLINE));
      ok(client.send("PUT", "/plain/small", "small"));
      ok(client.send("PUT", "/plain/empty", ""));
      ok(client.send("PUT", "/plain/large%0Aby%20name", LARGE.replace('a', 'b')));
      ok(client.send("PUT", "/plain/gone", LARGE));
      assertEquals(204, client.send("DELETE", "/plain/gone", "").status());
      for (int i = 0; i < 300; i++) {
        ok(client.send("PUT", "/plain/many/%04d".formatted(i), "content"));
      }
      multipart(client, "/plain/parts", true);
      multipart(client, "/plain/in-progress", false);
      ok(client.send("PUT", "/versions", ""));
      ok(client.send("PUT", "/versions/key", "null version"));
      versioning(client, "Enabled");
      ok(client.send("PUT", "/versions/key", LARGE));
      ok(client.send("PUT", "/versions/key", "newer"));
      assertEquals(204, client.send("DELETE", "/versions/key", "").status());
      versioning(client, "Suspended");
      ok(client.send("PUT", "/versions/key", "the null version again"));
      ok(client.send("PUT", "/deleted", ""));
      assertEquals(204, client.send("DELETE", "/deleted", "").status());
    }
    // Opened again, RocksDB has written its log into tables.
    CofferServer.start(options()).close();
  }

  private static void versioning(Client client, String status) {
    var body = "<VersioningConfiguration><Status>" + status + "</Status></VersioningConfiguration>";
    ok(client.send("PUT", "/versions?versioning", body));
  }

  private static void multipart(Client client, String path, boolean complete) {
    var created = UPLOAD_ID.matcher(ok(client.send("POST", path + "?uploads", "")));
    assertTrue(created.find());
    var upload = "uploadId=" + created.group(1);
    ok(client.send("PUT", path + "?partNumber=1&" + upload, PART));
    ok(client.send("PUT", path + "?partNumber=2&" + upload, INLINE));
    if (complete) {
      var part = "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>";
      var body =
          "<CompleteMultipartUpload>"
              + part.formatted(1, eTag(PART))
              + part.formatted(2, eTag(INLINE))
              + "</CompleteMultipartUpload>";
      ok(client.send("POST", path + "?" + upload, body));
    }
  }

  private static String eTag(String content) {
    try {
      var md5 = MessageDigest.getInstance("MD5").digest(content.getBytes(ISO_8859_1));
      return HexFormat.of().formatHex(md5);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String ok(Client.Answer answer) {
    assertEquals(200, answer.status(), answer.body());
    return answer.body();
  }

  /** The file of a blob with this content. */
  Path blobFile(String content) throws IOException {
    return fileWith("blobs", "", content).path();
  }

  /** The tables of RocksDB. */
  List<Path> tables() throws IOException {
    try (var files = Files.list(directory.resolve("rows"))) {
      return files.filter(file -> file.toString().endsWith(".sst")).sorted().toList();
    }
  }

  /** A file and where in it something lies. */
  record Place(Path path, int position) {}

  Place fileWith(String part, String ending, String content) throws IOException {
    try (var files = Files.walk(directory.resolve(part))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file, ISO_8859_1);
        if (file.toString().endsWith(ending) && text.contains(content)) {
          return new Place(file, text.indexOf(content));
        }
      }
    }
    throw new AssertionError("no file has it");
  }

  static void flip(Path path, long position) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 0x40);
    }
  }

  static void truncate(Path path, long length) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    }
  }
}
