package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_ARGUMENT;
import static io.coffer.model.S3Error.NOT_IMPLEMENTED;
import static io.coffer.model.S3Error.REQUEST_IS_NOT_MULTI_PART_CONTENT;

import io.coffer.auth.Caller;
import io.coffer.auth.RequestSignature;
import io.coffer.model.Headers;
import io.coffer.model.Location;
import io.coffer.model.RequestHead;
import io.coffer.model.Target;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutObjectOutput;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.model.s3.Tag;
import io.coffer.model.s3.Tagging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * POST Object, which AWS's model lacks: a form becomes a PutObject. Its fields are bound as the
 * headers of the same names. Thread-safe.
 */
final class PostObject {
  private static final String METADATA = "x-amz-meta-";

  /** The lengths are the form's own matter; MD5 is no field that AWS knows. */
  private static final Set<String> NO_FIELDS = Set.of("content-length", "content-md5");

  private static final Set<String> FIELDS =
      PutObjectRequest.SHAPE.members().stream()
          .filter(m -> m.location() == Location.HEADER)
          .map(m -> m.wireName().toLowerCase(Locale.ROOT))
          .filter(n -> !NO_FIELDS.contains(n))
          .collect(Collectors.toUnmodifiableSet());

  private final Admission admission;
  private final Operations operations;
  private final Binder binder;
  private final XmlReader xml = new XmlReader();

  PostObject(Admission admission, Operations operations, Binder binder) {
    this.admission = admission;
    this.operations = operations;
    this.binder = binder;
  }

  /** Whether a request may be a form: a POST on a bucket. Some of those are operations. */
  static boolean isForm(RequestHead head, Address address) {
    return head.method().equals("POST") && address.target() == Target.BUCKET;
  }

  /**
   * Stores the file.
   *
   * @throws io.coffer.model.S3Exception RequestIsNotMultiPartContent for another POST, and what
   *     form, policy and PutObject refuse
   * @throws IOException the client went away
   */
  Response answer(Call call, Address bucket) throws IOException {
    var contentType = call.head().headers().first("Content-Type");
    if (contentType == null
        || !FieldParameters.parse(contentType).value().equals("multipart/form-data")) {
      throw REQUEST_IS_NOT_MULTI_PART_CONTENT.exception();
    }
    if (!operations.supports(Operation.PUT_OBJECT)) {
      throw NOT_IMPLEMENTED.exception("PostObject is not implemented.");
    }
    var form = PostForm.read(call.body(), contentType);
    var fields = form.fields();
    var bucketName = Objects.requireNonNull(bucket.bucket());
    var address = new Address(bucketName, Objects.requireNonNull(fields.get("key")));
    call.isFor(address);
    var authorization = admission.authorize(call, bucketName, fields);
    var head = new RequestHead("PUT", call.head().path(), "", headers(fields));
    var file = new LimitedFile(form.file(), authorization);
    var request =
        binder.bind(new Incoming(Operation.PUT_OBJECT, address, head, QueryString.parse(""), file));
    var signature =
        authorization.caller() instanceof Caller.Known ? RequestSignature.ofForm(fields) : null;
    var context = call.context(authorization.caller(), signature);
    var output = operations.call(Operation.PUT_OBJECT, request, context);
    return PostAnswer.of(call, address, fields, (PutObjectOutput) output);
  }

  /** A field's name becomes that of a header whenever the object is read (RFC 9110 §5.6.2). */
  private static void refuseNonToken(String name) {
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw INVALID_ARGUMENT
          .exception("The name of a metadata field must be a token of HTTP.")
          .with("ArgumentName", name);
    }
  }

  /** The fields that say something of the object, as headers of a PutObject. */
  private Headers headers(Map<String, String> fields) {
    var headers = Headers.builder();
    fields.forEach(
        (name, value) -> {
          if (FIELDS.contains(name) || name.startsWith(METADATA)) {
            if (name.startsWith(METADATA)) {
              refuseNonToken(name);
            } else {
              refuseControls(name, value);
            }
            headers.add(name, value);
          }
        });
    var acl = fields.get("acl");
    if (acl != null) {
      headers.add("x-amz-acl", acl);
    }
    var tagging = fields.get("tagging");
    if (tagging != null) {
      headers.add("x-amz-tagging", tags(tagging));
    }
    return headers.build();
  }

  /** Forms give tags as a document, and headers as a query string. */
  private String tags(String document) {
    var bytes = document.getBytes(StandardCharsets.UTF_8);
    var tagSet = xml.read(Tagging.SHAPE, Tagging.SHAPE.rootName(), bytes).tagSet();
    return (tagSet == null ? List.<Tag>of() : tagSet)
        .stream()
            .map(t -> encoded(t.key()) + "=" + encoded(t.value()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(@Nullable String text) {
    return text == null ? "" : PercentEncoding.encode(text);
  }

  private static void refuseControls(String name, String value) {
    if (value.chars().anyMatch(c -> RequestHeaders.isControl((char) c))) {
      throw INVALID_ARGUMENT
          .exception("The value of " + name + " has control characters.")
          .with("ArgumentName", name)
          .with("ArgumentValue", value);
    }
  }
}
