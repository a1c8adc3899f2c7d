package io.coffer.api;

import static io.coffer.model.S3Error.INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST;
import static io.coffer.model.S3Error.MALFORMED_POST_REQUEST;
import static io.coffer.model.S3Error.USER_KEY_MUST_BE_SPECIFIED;

import io.coffer.model.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A browser's upload form: its fields, and the file behind them. Fields after the file are ignored.
 * Source: Amazon S3 API Reference, "POST Object".
 *
 * @param fields by lower-case name; of several with one name the first counts; the key has the
 *     file's name in place of <code>${filename}</code>
 * @param file its bytes; to be read to the end, where the form is known to be whole
 */
record PostForm(Map<String, String> fields, Body file) {
  /** Of all fields before the file, as AWS documents. */
  private static final int MAX_FIELDS_BYTES = 20 << 10;

  private static final int MAX_BOUNDARY = 70;
  private static final String FILENAME = "${filename}";

  /**
   * Reads up to the file.
   *
   * @param contentType of the request
   * @throws io.coffer.model.S3Exception MalformedPOSTRequest, MaxPostPreDataLengthExceededError,
   *     IncorrectNumberOfFilesInPostRequest, UserKeyMustBeSpecified
   * @throws IOException the client went away
   */
  static PostForm read(Body body, String contentType) throws IOException {
    var boundary = FieldParameters.parse(contentType).parameters().get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > MAX_BOUNDARY) {
      throw MALFORMED_POST_REQUEST.exception();
    }
    var reader = new MultipartReader(body, boundary, MAX_FIELDS_BYTES);
    var fields = new HashMap<String, String>();
    for (boolean more = reader.first(); more; more = reader.hasPart()) {
      var disposition = disposition(reader.headers());
      var name = disposition.get("name");
      if (name == null) {
        throw MALFORMED_POST_REQUEST.exception();
      }
      if (name.equalsIgnoreCase("file")) {
        replaceFilename(fields, filename(disposition));
        return new PostForm(fields, new FileBody(reader, body));
      }
      fields.putIfAbsent(utf8(name).toLowerCase(Locale.ROOT), utf8(reader.content()));
    }
    throw INCORRECT_NUMBER_OF_FILES_IN_POST_REQUEST.exception();
  }

  private static Map<String, String> disposition(List<String> headers) {
    for (var header : headers) {
      int colon = header.indexOf(':');
      if (colon > 0 && header.substring(0, colon).strip().equalsIgnoreCase("Content-Disposition")) {
        var disposition = FieldParameters.parse(header.substring(colon + 1));
        if (disposition.value().equals("form-data")) {
          return disposition.parameters();
        }
      }
    }
    throw MALFORMED_POST_REQUEST.exception();
  }

  /** The last part of the path that a browser may have given; RFC 8187 for clients that use it. */
  private static String filename(Map<String, String> disposition) {
    var extended = disposition.get("filename*");
    String path;
    if (extended != null && extended.toLowerCase(Locale.ROOT).startsWith("utf-8'")) {
      path = PercentEncoding.decode(extended.substring(extended.indexOf('\'', 6) + 1), false);
    } else {
      path = utf8(disposition.getOrDefault("filename", ""));
    }
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  private static void replaceFilename(Map<String, String> fields, String filename) {
    var key = fields.get("key");
    if (key == null) {
      throw USER_KEY_MUST_BE_SPECIFIED.exception(
          "Bucket POST must contain a field named 'key'.  If it is specified, please check the"
              + " order of the fields.");
    }
    var named = key.replace(FILENAME, filename);
    if (named.isEmpty()) {
      throw USER_KEY_MUST_BE_SPECIFIED.exception("User key must have a length greater than 0.");
    }
    fields.put("key", named);
  }

  /** Text of a part's head, which was read byte by byte. */
  private static String utf8(String bytes) {
    return utf8(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw MALFORMED_POST_REQUEST.exception();
    }
  }

  /** The file's bytes as they come. */
  private static final class FileBody implements Body {
    private final MultipartReader reader;
    private final Body body;
    private boolean ended;

    FileBody(MultipartReader reader, Body body) {
      this.reader = reader;
      this.body = body;
    }

    @Override
    public long length() {
      return -1;
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
      var bytes = ended ? null : reader.next();
      ended = bytes == null;
      return bytes;
    }

    @Override
    public void close() {
      body.close();
    }
  }
}
