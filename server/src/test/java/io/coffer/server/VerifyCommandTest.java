package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class VerifyCommandTest {
  @TempDir Path dir;

  private DataOnDisk data = new DataOnDisk(Path.of("unset"));
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  @BeforeEach
  void fill() {
    data = new DataOnDisk(dir.resolve("data"));
    data.fill();
  }

  private int verify(String... options) {
    out = new StringWriter();
    err = new StringWriter();
    var args = new ArrayList<>(List.of("verify", dir.resolve("data").toString()));
    args.addAll(List.of(options));
    return Coffer.run(
        args.toArray(String[]::new), Map.of(), new PrintWriter(out), new PrintWriter(err));
  }

  private List<String> lines() {
    return out.toString().lines().toList();
  }

  private void assertDamage(String... expected) {
    assertEquals(1, verify(), err.toString());
    var lines = lines();
    assertEquals(expected.length + 1, lines.size(), out.toString());
    for (var text : expected) {
      assertTrue(
          lines.stream().anyMatch(l -> l.startsWith("damage ") && l.contains(text)),
          text + " in\n" + out);
    }
    assertTrue(lines.getLast().startsWith("DAMAGED: "), lines.getLast());
  }

  @Test
  void aSoundDirectoryIsSoundTwiceAndServesAgain() {
    for (int i = 0; i < 2; i++) {
      assertEquals(0, verify(), out.toString() + err);
      assertEquals(1, lines().size(), out.toString());
      // 307 in plain with one upload, 4 versions
      assertTrue(lines().getFirst().startsWith("sound: 311 versions"), out.toString());
      assertTrue(lines().getFirst().endsWith("0 damaged, 0 stray"), out.toString());
    }
    assertEquals("", err.toString());
    try (var server = CofferServer.start(data.options())) {
      var client = Client.of(server);
      assertEquals(DataOnDisk.LARGE, client.send("GET", "/plain/large", "").body());
    }
  }

  @Test
  void aFlippedByteIsNamedByItsBlock() throws IOException {
    var file = data.blobFile(DataOnDisk.LARGE.replace('a', 'b'));
    DataOnDisk.flip(file, 70_000);
    assertDamage(
        "bucket=plain key=\"large\\u{a}by name\" version=null bytes=65536-131071: blob "
            + file.getFileName());
  }

  @Test
  void aTruncatedAndAMissingFileAreDamage() throws IOException {
    DataOnDisk.truncate(data.blobFile(DataOnDisk.LARGE.replace('a', 'b')), 200_000);
    var versions = filesOfLarge();
    assertEquals(2, versions.size());
    Files.delete(versions.getFirst());
    Files.delete(versions.getLast());
    assertDamage(
        "key=\"large\\u{a}by name\" version=null bytes=0-299999",
        "bucket=plain key=\"large\" version=null bytes=0-299999",
        "bucket=versions key=\"key\"");
  }

  private List<Path> filesOfLarge() throws IOException {
    var found = new ArrayList<Path>();
    try (var files = Files.walk(dir.resolve("data/blobs"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(DataOnDisk.LARGE)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void aStrayFileIsToldOfAndLeftAndNoDamage() throws IOException {
    var file = filesOfLarge().getFirst();
    var stray =
        Files.copy(
            file, file.resolveSibling("0".repeat(31) + file.getFileName().toString().charAt(31)));
    for (int i = 0; i < 2; i++) {
      assertEquals(0, verify(), out.toString());
      assertEquals(2, lines().size(), out.toString());
      assertTrue(lines().getFirst().startsWith("stray " + stray + " "), out.toString());
      assertTrue(lines().getLast().endsWith("0 damaged, 1 stray"), out.toString());
    }
    assertTrue(Files.exists(stray));
  }

  @Test
  void aFlippedByteOfABlobAmongTheRowsIsFound() throws IOException {
    var place = data.fileWith("rows", ".blob", DataOnDisk.INLINE);
    DataOnDisk.flip(place.path(), place.position() + 4_000);
    assertEquals(1, verify());
    assertEquals(2, lines().size(), out.toString());
    assertTrue(lines().getFirst().startsWith("damage bucket=plain key="), out.toString());
  }

  @Test
  void aFlippedByteOfATableIsFoundWhicheverItIs() throws IOException {
    int damaged = 0;
    for (var table : data.tables()) {
      DataOnDisk.flip(table, 25);
      int status = verify();
      var text = out.toString() + err;
      assertTrue(status == 1 || status == 2, text);
      assertTrue(text.contains(table.getFileName().toString()), text);
      damaged += status == 1 ? 1 : 0;
      DataOnDisk.flip(table, 25);
    }
    assertTrue(damaged > 0, "tables that each start reads are not all");
    assertEquals(0, verify(), out.toString());
  }

  @Test
  void rowsThatCannotBeReadAreSteppedOver() throws IOException {
    var table = data.tables().getFirst();
    for (var other : data.tables()) {
      table = Files.size(other) > Files.size(table) ? other : table;
    }
    DataOnDisk.flip(table, Files.size(table) / 2);
    assertEquals(1, verify());
    var text = out.toString();
    assertTrue(text.contains("damage bucket=plain: rows cannot be read, from \"many/0"), text);
    assertTrue(text.contains(table.getFileName().toString()), text);
    var summary = lines().getLast();
    int objects = Integer.parseInt(summary.replaceAll("DAMAGED: ([0-9]+) .*", "$1"));
    assertTrue(objects > 150 && objects < 311, summary);
    assertTrue(summary.contains(" MiB read"), "the parts behind the gap: " + summary);
  }

  @Test
  void machinesGetAnObjectALine() throws IOException {
    DataOnDisk.flip(data.blobFile(DataOnDisk.LARGE.replace('a', 'b')), 299_999);
    assertEquals(1, verify("--json"));
    var objects = new ArrayList<JsonNode>();
    var mapper = new JsonMapper();
    for (var line : lines()) {
      objects.add(mapper.readTree(line));
    }
    assertEquals(2, objects.size(), out.toString());
    var damage = objects.getFirst();
    assertEquals("damage", damage.get("type").asString());
    assertEquals("plain", damage.get("bucket").asString());
    assertEquals("large\nby name", damage.get("key").asString());
    assertEquals("null", damage.get("versionId").asString());
    assertEquals(262_144, damage.get("offset").asLong());
    assertEquals(300_000 - 262_144, damage.get("length").asLong());
    var summary = objects.getLast();
    assertEquals("summary", summary.get("type").asString());
    assertEquals(1, summary.get("damage").asLong());
    assertEquals(311, summary.get("objects").asLong());
    assertTrue(summary.get("bytes").asLong() > 11_000_000);
  }

  @Test
  void oneBucketCanBeCheckedAlone() throws IOException {
    DataOnDisk.flip(data.blobFile(DataOnDisk.LARGE.replace('a', 'b')), 0);
    assertEquals(0, verify("--bucket", "versions"), out.toString());
    assertEquals(1, verify("--bucket", "plain"));
    assertEquals(2, verify("--bucket", "nope"));
    assertTrue(err.toString().contains("no bucket 'nope'"), err.toString());
  }

  @Test
  void aFaultOfTheCheckItselfIsNoDamage() {
    var broken =
        new StringWriter() {
          @Override
          public void write(String text, int from, int length) {
            throw new IllegalStateException("nowhere to write");
          }
        };
    int status =
        Coffer.run(
            new String[] {"verify", dir.resolve("data").toString()},
            Map.of(),
            new PrintWriter(broken),
            new PrintWriter(err));
    assertEquals(2, status, err.toString());
    assertTrue(err.toString().contains("ended early, because nowhere to write"), err.toString());
  }

  @Test
  void aRateIsKept() {
    long start = System.nanoTime();
    assertEquals(0, verify("--rate", "8"), out.toString() + err);
    // 11 MiB of parts and two tables
    assertTrue(System.nanoTime() - start > 1_000_000_000L);
    assertEquals(2, verify("--rate", "0"));
  }

  @Test
  void aServerThatRunsIsNamedWithWhatToDo() {
    try (var server = CofferServer.start(data.options())) {
      assertTrue(server.address().getPort() > 0);
      assertEquals(2, verify());
      assertTrue(err.toString().contains("is in use"), err.toString());
      assertTrue(err.toString().contains("stop that one"), err.toString());
      assertTrue(err.toString().contains("--scrub-rate"), err.toString());
    }
  }

  @Test
  void whatIsNoDataDirectoryIsNotMadeOne() {
    var nowhere = dir.resolve("nowhere");
    assertEquals(
        2,
        Coffer.run(
            new String[] {"verify", nowhere.toString()},
            Map.of(),
            new PrintWriter(out),
            new PrintWriter(err)));
    assertTrue(err.toString().contains("is no data directory"), err.toString());
    assertTrue(Files.notExists(nowhere));
  }
}
