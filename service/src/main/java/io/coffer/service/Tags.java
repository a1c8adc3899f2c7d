package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Tag;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of tags. AWS: "Categorizing your storage using tags". */
public final class Tags {
  /** Tags of one object. */
  public static final int MAX_OF_OBJECT = 10;

  /** Tags of one bucket. */
  public static final int MAX_OF_BUCKET = 50;

  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private Tags() {}

  /**
   * Tags as an XML document gives them.
   *
   * @throws S3Exception InvalidTag, MalformedXML
   */
  public static Map<String, String> of(@Nullable List<Tag> tags, int max) {
    if (tags == null) {
      throw S3Error.MALFORMED_XML.exception();
    }
    var map = new TreeMap<String, String>();
    for (var tag : tags) {
      if (tag.key() == null || tag.value() == null) {
        throw S3Error.MALFORMED_XML.exception();
      }
      add(map, tag.key(), tag.value());
    }
    checkCount(map, max);
    return map;
  }

  /**
   * Tags as the header x-amz-tagging gives them: a query string.
   *
   * @param header null for none
   * @throws S3Exception InvalidTag, InvalidArgument
   */
  public static Map<String, String> parse(@Nullable String header) {
    var map = new TreeMap<String, String>();
    if (header == null || header.isEmpty()) {
      return map;
    }
    for (var pair : header.split("&", -1)) {
      int equals = pair.indexOf('=');
      var key = equals < 0 ? pair : pair.substring(0, equals);
      var value = equals < 0 ? "" : pair.substring(equals + 1);
      add(map, decode(header, key), decode(header, value));
    }
    checkCount(map, MAX_OF_OBJECT);
    return map;
  }

  private static String decode(String header, String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Error.INVALID_ARGUMENT
          .exception(
              "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL"
                  + " query parameters without tag name duplicates.")
          .with("ArgumentName", "x-amz-tagging")
          .with("ArgumentValue", header);
    }
  }

  private static void add(Map<String, String> map, String key, String value) {
    if (key.isEmpty() || key.length() > MAX_KEY || !ALLOWED.matcher(key).matches()) {
      throw invalid("The TagKey you have provided is invalid", key);
    }
    if (value.length() > MAX_VALUE || !ALLOWED.matcher(value).matches()) {
      throw invalid("The TagValue you have provided is invalid", value);
    }
    if (key.regionMatches(true, 0, "aws:", 0, 4)) {
      throw invalid("System tags cannot be added/updated by requester", key);
    }
    if (map.put(key, value) != null) {
      throw invalid("Cannot provide multiple Tags with the same key", key);
    }
  }

  private static S3Exception invalid(String message, String what) {
    return S3Error.INVALID_TAG.exception(message).with("TagKey", what);
  }

  private static void checkCount(Map<String, String> map, int max) {
    if (map.size() > max) {
      throw S3Error.INVALID_TAG.exception(
          (max == MAX_OF_OBJECT ? "Object" : "Bucket") + " tags cannot be greater than " + max);
    }
  }

  /** As the API gives them. */
  public static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }
}
