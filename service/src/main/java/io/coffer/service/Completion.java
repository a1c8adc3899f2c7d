package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.storage.BlobId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CompleteMultipartUpload makes of the parts that it names: the object's runs, size, ETag and
 * checksum. A pure function of the request and the stored parts.
 */
public final class Completion {
  private final List<Part> chosen;
  private final List<Integer> unused;

  /**
   * A part as the request names it.
   *
   * @param eTag as given, or null
   * @param checksums as given, by algorithm
   */
  public record Named(int number, @Nullable String eTag, Map<Algorithm, String> checksums) {}

  private Completion(List<Part> chosen, List<Integer> unused) {
    this.chosen = chosen;
    this.unused = unused;
  }

  /**
   * Chooses the named parts.
   *
   * @throws S3Exception MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall
   */
  static Completion of(List<Named> named, List<Part> stored, long minimumPartSize) {
    if (named.isEmpty()) {
      throw S3Error.MALFORMED_XML.exception();
    }
    var byNumber = new HashMap<Integer, Part>();
    stored.forEach(part -> byNumber.put(part.number(), part));
    var chosen = new ArrayList<Part>(named.size());
    int before = 0;
    for (var one : named) {
      if (one.number() <= before) {
        throw S3Error.INVALID_PART_ORDER.exception();
      }
      before = one.number();
      chosen.add(check(one, byNumber.remove(one.number())));
    }
    for (var part : chosen.subList(0, chosen.size() - 1)) {
      if (part.size() < minimumPartSize) {
        throw S3Error.ENTITY_TOO_SMALL
            .exception()
            .with("ProposedSize", Long.toString(part.size()))
            .with("MinSizeAllowed", Long.toString(minimumPartSize))
            .with("PartNumber", Integer.toString(part.number()))
            .with("ETag", part.eTag());
      }
    }
    return new Completion(chosen, byNumber.keySet().stream().sorted().toList());
  }

  private static Part check(Named named, @Nullable Part part) {
    if (part == null
        || (named.eTag() != null && !ETags.bare(named.eTag()).equalsIgnoreCase(part.eTag()))) {
      throw invalidPart(named);
    }
    named
        .checksums()
        .forEach(
            (algorithm, text) -> {
              if (algorithm != part.checksum().algorithm()
                  || !text.equals(part.checksum().text())) {
                throw invalidPart(named);
              }
            });
    return part;
  }

  private static S3Exception invalidPart(Named named) {
    var error = S3Error.INVALID_PART.exception();
    error = error.with("PartNumber", Integer.toString(named.number()));
    return named.eTag() == null ? error : error.with("ETag", ETags.bare(named.eTag()));
  }

  /** Numbers of the stored parts that were not named. */
  List<Integer> unused() {
    return unused;
  }

  long size() {
    return chosen.stream().mapToLong(Part::size).sum();
  }

  Content content(BlobId upload) {
    var runs = new ArrayList<Content.Run>();
    for (var part : chosen) {
      var last = runs.isEmpty() ? null : runs.getLast();
      if (last != null
          && last.size() == part.size()
          && last.first() + last.count() == part.number()) {
        runs.set(runs.size() - 1, new Content.Run(last.first(), last.count() + 1, last.size()));
      } else {
        runs.add(new Content.Run(part.number(), 1, part.size()));
      }
    }
    return new Content.Parts(upload, runs);
  }

  /** MD5 of the parts' MD5s, and the number of parts. */
  String eTag() {
    var md5 = Algorithm.MD5.newDigest();
    chosen.forEach(part -> md5.update(ByteBuffer.wrap(part.md5())));
    return HexFormat.of().formatHex(md5.finish()) + "-" + chosen.size();
  }

  /**
   * The object's checksum.
   *
   * @return null when the parts have not all the same algorithm
   */
  @Nullable StoredChecksum checksum(boolean composite) {
    var algorithm = chosen.getFirst().checksum().algorithm();
    if (chosen.stream().anyMatch(part -> part.checksum().algorithm() != algorithm)) {
      return null;
    }
    if (composite || !algorithm.fullObjectMultipart()) {
      var all = new ByteArrayOutputStream();
      chosen.forEach(part -> all.writeBytes(part.checksum().value()));
      var digest = algorithm.newDigest();
      digest.update(ByteBuffer.wrap(all.toByteArray()));
      return new StoredChecksum(algorithm, digest.finish(), chosen.size());
    }
    var value = chosen.getFirst().checksum().value();
    for (var part : chosen.subList(1, chosen.size())) {
      value = algorithm.combine(value, part.checksum().value(), part.size());
    }
    return new StoredChecksum(algorithm, value, 0);
  }
}
