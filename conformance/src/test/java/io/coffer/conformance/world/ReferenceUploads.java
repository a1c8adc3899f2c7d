package io.coffer.conformance.world;

import io.coffer.conformance.world.Model.Part;
import io.coffer.conformance.world.Model.Upload;
import io.coffer.conformance.world.Model.Version;
import io.coffer.conformance.world.Reference.Refusal;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the documentation says of uploads. One thread. */
final class ReferenceUploads {
  private final Reference reference;
  private final Map<Integer, Integer> numbers = new HashMap<>();

  ReferenceUploads(Reference reference) {
    this.reference = reference;
  }

  String create(int step, Op.CreateUpload create) {
    var bucket = reference.bucket(create.at().bucket());
    bucket.uploads.put(step, new Upload(step, create.at().key(), new TreeMap<>()));
    return "ok upload=u" + step;
  }

  /** The upload of this step, if it is in progress at this key. */
  Upload find(Op.Where at, int step) {
    var upload = reference.bucket(at.bucket()).uploads.get(step);
    if (upload == null || !upload.key().equals(at.key())) {
      throw new Refusal(404, "NoSuchUpload");
    }
    return upload;
  }

  String part(int step, Op.UploadPart part) {
    return "ok etag="
        + put(step, find(part.at(), part.upload()), part.number(), part.body().make());
  }

  private String put(int step, Upload upload, int number, byte[] body) {
    var eTag = Model.hex(Model.md5(body));
    upload.parts().put(number, new Part(body, eTag, reference.now()));
    numbers.put(step, number);
    reference.remember(step, eTag);
    return eTag;
  }

  String copy(int step, Op.UploadPartCopy part) {
    var upload = find(part.at(), part.upload());
    var source = reference.findSource(part.from(), part.version());
    var bytes = source.bytes();
    var range = part.range();
    if (range != null) {
      if (range.last() >= bytes.length) {
        throw new Refusal(416, "InvalidRange");
      }
      bytes = Arrays.copyOfRange(bytes, (int) range.first(), (int) range.last() + 1);
    }
    var eTag = put(step, upload, part.number(), bytes);
    return "ok etag=%s source=%s".formatted(eTag, reference.shown(part.from(), source));
  }

  String complete(int step, Op.Complete complete) {
    var at = complete.at();
    var bucket = reference.bucket(at.bucket());
    var named = new ArrayList<Integer>(complete.parts());
    named.removeIf(part -> reference.eTagOf(part) == null);
    if (named.isEmpty()) {
      throw new Refusal(400, "MalformedXML");
    }
    var upload = bucket.uploads.get(complete.upload());
    if (upload == null) {
      return again(step, complete);
    }
    var parts = new ArrayList<Part>();
    int before = 0;
    for (int name : named) {
      int number = numbers.getOrDefault(name, 0);
      if (number <= before) {
        throw new Refusal(400, "InvalidPartOrder");
      }
      before = number;
      var part = upload.parts().get(number);
      if (part == null || !part.eTag().equals(reference.eTagOf(name))) {
        throw new Refusal(400, "InvalidPart");
      }
      parts.add(part);
    }
    for (var part : parts.subList(0, parts.size() - 1)) {
      if (part.body().length < WorkloadMaker.PART_BYTES) {
        throw new Refusal(400, "EntityTooSmall");
      }
    }
    reference.check(complete.condition(), bucket.live(at.key()));
    bucket.uploads.remove(complete.upload());
    return reference.push(step, at, version(reference.newId(step, bucket), upload, parts));
  }

  private Version version(String id, Upload upload, ArrayList<Part> parts) {
    var body = new ByteArrayOutputStream();
    var md5s = new ByteArrayOutputStream();
    for (var part : parts) {
      body.writeBytes(part.body());
      md5s.writeBytes(Model.md5(part.body()));
    }
    var eTag = Model.hex(Model.md5(md5s.toByteArray())) + "-" + parts.size();
    var sizes = parts.stream().map(part -> part.body().length).toList();
    var by = Integer.toString(upload.step());
    return new Version(id, body.toByteArray(), eTag, reference.now(), by, "", upload.step(), sizes);
  }

  /** AWS: to complete an upload once more gives the object that it became, while it is there. */
  private String again(int step, Op.Complete complete) {
    for (var version : reference.bucket(complete.at().bucket()).of(complete.at().key())) {
      if (version.upload() == complete.upload()) {
        return reference.madeBefore(step, version);
      }
    }
    throw new Refusal(404, "NoSuchUpload");
  }

  String abort(Op.Abort abort) {
    var upload = find(abort.at(), abort.upload());
    reference.bucket(abort.at().bucket()).uploads.remove(upload.step());
    return "ok";
  }
}
