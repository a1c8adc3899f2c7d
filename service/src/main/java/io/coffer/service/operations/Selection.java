package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.service.ByteRange;
import io.coffer.service.Content;
import io.coffer.service.ObjectVersion;
import io.coffer.service.PartOfObject;
import io.coffer.service.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of an object a GET or HEAD asks for.
 *
 * @param contentRange set when the answer is 206
 * @param partsCount set when a part of an object of parts was asked for
 */
record Selection(
    ByteRange range,
    @Nullable String contentRange,
    @Nullable Integer partsCount,
    boolean isWholeObject) {

  /**
   * @throws io.coffer.model.S3Exception InvalidRange, InvalidPartNumber, InvalidRequest
   */
  static Selection of(
      ObjectVersion.Data object, @Nullable String header, @Nullable Integer partNumber) {
    if (partNumber == null) {
      return Ranges.resolve(header, object.size())
          .map(range -> new Selection(range, range.contentRange(object.size()), null, false))
          .orElseGet(() -> new Selection(new ByteRange(0, object.size()), null, null, true));
    }
    if (header != null) {
      throw S3Error.INVALID_REQUEST.exception(
          "Cannot specify both Range header and partNumber query parameter");
    }
    var range = PartOfObject.resolve(object, partNumber);
    Integer partsCount = object.content() instanceof Content.Parts parts ? parts.count() : null;
    return new Selection(
        range,
        range.length() == 0 ? null : range.contentRange(object.size()),
        partsCount,
        range.length() == object.size());
  }
}
