package io.coffer.service;

import io.coffer.model.S3Error;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names one version of a key.
 *
 * @param sequence greater than that of every earlier version of the key; for the null version the
 *     place it has among the others
 * @param random makes ids unique when a key was forgotten whole and begun again
 * @param isNull whether it is called "null": made while versioning was not enabled
 */
public record VersionId(long sequence, long random, boolean isNull) {
  /** The id of the null version. */
  public static final String NULL = "null";

  private static final int TEXT_LENGTH = 32;

  /** What a request may ask for: an id, or the null version. */
  sealed interface Wanted {
    /** The null version, wherever it is. */
    record Null() implements Wanted {}

    /** The version with these numbers. */
    record Numbered(long sequence, long random) implements Wanted {}
  }

  /**
   * Parses a request's version id.
   *
   * @throws io.coffer.model.S3Exception InvalidArgument
   */
  static Wanted parse(String text) {
    if (text.equals(NULL)) {
      return new Wanted.Null();
    }
    if (text.length() != TEXT_LENGTH || !text.chars().allMatch(HexFormat::isHexDigit)) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Invalid version id specified")
          .with("ArgumentName", "versionId")
          .with("ArgumentValue", text);
    }
    return new Wanted.Numbered(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }

  /** Whether this is the wanted one. */
  boolean is(@Nullable Wanted wanted) {
    return switch (wanted) {
      case null -> true;
      case Wanted.Null ignored -> isNull;
      case Wanted.Numbered n -> !isNull && n.sequence == sequence && n.random == random;
    };
  }

  /** 32 hexadecimal digits, or "null". */
  @Override
  public String toString() {
    var hex = HexFormat.of();
    return isNull ? NULL : hex.toHexDigits(sequence) + hex.toHexDigits(random);
  }
}
