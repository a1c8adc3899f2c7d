package io.coffer.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostFormTest {
  private static final String TYPE = "multipart/form-data; boundary=\"XyZ\"";

  private static String field(String name, String value) {
    return "--XyZ\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  private static String file(String filename, String content) {
    return "--XyZ\r\ncontent-disposition: form-data; name=\"File\"; filename=\""
        + filename
        + "\"\r\nContent-Type: image/png\r\n\r\n"
        + content
        + "\r\n--XyZ--\r\n";
  }

  private static PostForm read(String body) throws IOException {
    return PostForm.read(new Chunks(body.getBytes(UTF_8), 13), TYPE);
  }

  private static S3Error refusal(String body) {
    var thrown =
        assertThrows(
            S3Exception.class,
            () -> {
              try (var file = read(body).file()) {
                Chunks.read(file);
              }
            });
    return thrown.error();
  }

  @Test
  void fieldsComeBeforeTheFile() throws IOException {
    var form =
        read(
            "preamble\r\n"
                + field("kEy", "fö/o")
                + field("acl", "")
                + field("Content-Type", "text/plain")
                + file("x", "hello")
                + "trash");
    assertEquals("fö/o", form.fields().get("key"));
    assertEquals("", form.fields().get("acl"));
    assertEquals("text/plain", form.fields().get("content-type"));
    assertEquals("hello", Chunks.text(form.file()));
  }

  @Test
  void fieldsAfterTheFileAreIgnored() throws IOException {
    var form =
        read(
            field("key", "k")
                + file("x", "hello").replace("--XyZ--", "--XyZ")
                + field("acl", "private")
                + "--XyZ--");
    assertEquals("hello", Chunks.text(form.file()));
    assertEquals(1, form.fields().size());
  }

  @ParameterizedTest
  @CsvSource({
    "${filename}, foo.txt, foo.txt",
    "a/${filename}, C:\\dir\\foo.txt, a/foo.txt",
    "${filename}-${filename}, /tmp/x, x-x",
    "k, foo, k",
    "\\$foo, x, \\$foo",
    "a${filename}, 'say \\\"hi\\\"', 'asay \"hi\"'",
  })
  void theFilenameIsPutIntoTheKey(String key, String filename, String result) throws IOException {
    assertEquals(result, read(field("key", key) + file(filename, "")).fields().get("key"));
  }

  @Test
  void aFilenameMayBeEncoded() throws IOException {
    var file = file("x", "").replace("filename=\"x\"", "filename*=utf-8'en'%E2%82%AC.txt");
    assertEquals("€.txt", read(field("key", "${filename}") + file).fields().get("key"));
  }

  @Test
  void whatLooksLikeABoundaryIsContent() throws IOException {
    var content = "\r\n--Xy\r\n--\r\n--XyY\r\r\n-\r\n--xyz--XyZ\n--XyZ\r--XyZ";
    assertEquals(content, Chunks.text(read(field("key", "k") + file("x", content)).file()));
  }

  @Test
  void anyContentInAnyPiecesComesBack() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      var content = new byte[random.nextInt(200_000)];
      for (int j = 0; j < content.length; j++) {
        content[j] = (byte) "\r\n-XyZab".charAt(random.nextInt(8));
      }
      if (new String(content, ISO_8859_1).contains("\r\n--XyZ")) {
        continue;
      }
      var body = new ByteArrayOutputStream();
      var frame = field("key", "k") + file("x", "|");
      body.writeBytes(frame.substring(0, frame.indexOf('|')).getBytes(UTF_8));
      body.writeBytes(content);
      body.writeBytes(frame.substring(frame.indexOf('|') + 1).getBytes(UTF_8));
      var pieces = new Chunks(body.toByteArray(), 1 + random.nextInt(100_000));
      assertArrayEquals(
          content, Chunks.read(PostForm.read(pieces, TYPE).file()), () -> "seed " + seed);
    }
  }

  @Test
  void aFormWithoutEndIsRefusedAtTheEndOfTheFile() {
    var whole = field("key", "k") + file("x", "hello");
    assertEquals(
        S3Error.MALFORMED_POST_REQUEST, refusal(whole.substring(0, whole.indexOf("lo\r\n--"))));
    assertEquals(S3Error.MALFORMED_POST_REQUEST, refusal(""));
    assertEquals(S3Error.MALFORMED_POST_REQUEST, refusal("--XyZ\r\nContent-Dispo"));
    assertEquals(S3Error.MALFORMED_POST_REQUEST, refusal("--XyZ\r\n\r\nx\r\n--XyZ--"));
    assertEquals(S3Error.MALFORMED_POST_REQUEST, refusal("--XyZab\r\n"));
  }

  @Test
  void keyAndFileMustBeThere() {
    assertEquals(S3Error.USER_KEY_MUST_BE_SPECIFIED, refusal(file("x", "hello")));
    assertEquals(
        S3Error.USER_KEY_MUST_BE_SPECIFIED, refusal(field("key", "") + file("x", "hello")));
    assertEquals(
        S3Error.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST,
        refusal(field("key", "k") + "--XyZ--\r\n"));
  }

  @Test
  void fieldsAreBoundedAndTheFileIsNot() throws IOException {
    assertEquals(
        S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED,
        refusal(field("key", "k".repeat(21 << 10)) + file("x", "")));
    assertEquals(S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED, refusal("x".repeat(1 << 20)));
    var large = "y".repeat(1 << 20);
    assertEquals(large, Chunks.text(read(field("key", "k") + file("x", large)).file()));
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary="
        + "aaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabbbbbbbbbbaaaaaaaaaabb"
  })
  void aBoundaryIsNeeded(String type) {
    var thrown =
        assertThrows(S3Exception.class, () -> PostForm.read(new Chunks(new byte[9], 9), type));
    assertEquals(S3Error.MALFORMED_POST_REQUEST, thrown.error());
  }
}
