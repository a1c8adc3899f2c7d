package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import org.jspecify.annotations.Nullable;

/** What {@code partNumber} means when an object is read. */
public final class PartOfObject {
  private PartOfObject() {}

  /**
   * A part number that may be.
   *
   * @throws S3Exception InvalidArgument
   */
  public static int checkNumber(@Nullable Integer number) {
    if (number == null || number < 1 || number > Part.MAX_NUMBER) {
      throw S3Error.INVALID_ARGUMENT
          .exception("Part number must be an integer between 1 and 10000, inclusive")
          .with("ArgumentName", "partNumber")
          .with("ArgumentValue", String.valueOf(number));
    }
    return number;
  }

  /**
   * The bytes of the part with a number.
   *
   * @throws S3Exception InvalidArgument, InvalidPartNumber
   */
  public static ByteRange resolve(ObjectVersion.Data object, int number) {
    checkNumber(number);
    if (!(object.content() instanceof Content.Parts parts)) {
      if (number == 1) {
        return new ByteRange(0, object.size());
      }
      throw unsatisfiable(number, 1);
    }
    long offset = 0;
    for (var run : parts.runs()) {
      if (number >= run.first() && number < run.first() + run.count()) {
        return new ByteRange(offset + (number - run.first()) * run.size(), run.size());
      }
      offset += run.count() * run.size();
    }
    throw unsatisfiable(number, parts.count());
  }

  private static S3Exception unsatisfiable(int number, int count) {
    return S3Error.INVALID_PART_NUMBER
        .exception()
        .with("PartNumberRequested", Integer.toString(number))
        .with("ActualPartCount", Integer.toString(count));
  }
}
