package io.coffer.service;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.Location;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CopyObjectRequest;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.CreateMultipartUploadRequest;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.model.s3.Tagging;
import io.coffer.model.s3.UploadPartCopyRequest;
import io.coffer.model.s3.UploadPartRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of condition keys for one question about a request of S3; what takes work is done when
 * a policy asks, once. For one thread. Source: Service Authorization Reference, "Condition keys for
 * Amazon S3"; IAM User Guide, "AWS global condition context keys".
 */
final class S3Values implements ConditionValues {
  private static final String EXISTING_TAG = "existingobjecttag/";
  private static final String REQUEST_TAG = "requestobjecttag/";

  private final Context context;
  private final RequestFacts<?> facts;
  private final S3Permission permission;
  private final String region;
  private final String account;
  private final @Nullable ObjectKey listed;
  private final @Nullable String versionId;
  private final Supplier<Map<String, String>> existingTags;
  private final Map<String, List<String>> known = new HashMap<>();
  private @Nullable ConditionValues circumstances;

  /**
   * @param account id of the account that owns the resource
   * @param listed a key of which the question is if a listing would show it; null if it is not
   * @param versionId that is asked for; null for none
   * @param existingTags reads those of the object
   */
  S3Values(
      Context context,
      RequestFacts<?> facts,
      S3Permission permission,
      String region,
      String account,
      @Nullable ObjectKey listed,
      @Nullable String versionId,
      Supplier<Map<String, String>> existingTags) {
    this.context = context;
    this.facts = facts;
    this.permission = permission;
    this.region = region;
    this.account = account;
    this.listed = listed;
    this.versionId = versionId;
    this.existingTags = existingTags;
  }

  @Override
  public List<String> get(String key) {
    var found = known.get(key);
    if (found == null) {
      found = find(key);
      known.put(key, found);
    }
    return found;
  }

  private List<String> find(String key) {
    switch (key) {
      case "aws:resourceaccount", "s3:resourceaccount" -> {
        return List.of(account);
      }
      case "aws:requestedregion" -> {
        return List.of(region);
      }
      default -> {
        var ofRequest = key.startsWith("s3:") ? ofRequest(key.substring(3)) : List.<String>of();
        return ofRequest.isEmpty() ? ofCircumstances(key) : ofRequest;
      }
    }
  }

  private List<String> ofCircumstances(String key) {
    if (circumstances == null) {
      circumstances = context.values().build();
    }
    return circumstances.get(key);
  }

  private List<String> ofRequest(String name) {
    if (name.startsWith(EXISTING_TAG)) {
      return tag(existingTags.get(), name.substring(EXISTING_TAG.length()));
    }
    if (name.startsWith(REQUEST_TAG)) {
      return tag(requestTags(), name.substring(REQUEST_TAG.length()));
    }
    return switch (name) {
      case "prefix" -> list(listed == null ? facts.text(Location.QUERY, name) : listed.text());
      case "delimiter", "max-keys" -> list(facts.text(Location.QUERY, name));
      case "versionid" -> list(versionId);
      case "requestobjecttagkeys" -> List.copyOf(requestTags().keySet());
      case "x-amz-copy-source" -> list(copySource());
      case "if-match", "if-none-match" ->
          isWrite() ? list(facts.text(Location.HEADER, name)) : List.of();
      case "objectcreationoperation" -> list(createsObject());
      case "locationconstraint" -> list(location());
      case "object-lock-mode", "object-lock-legal-hold", "object-lock-retain-until-date" ->
          list(facts.text(Location.HEADER, "x-amz-" + name));
      default -> name.startsWith("x-amz-") ? header(name) : List.of();
    };
  }

  private List<String> header(String name) {
    return list(facts.text(Location.HEADER, name));
  }

  /** Reading has conditions too, but no policy sees those. */
  private boolean isWrite() {
    return switch (permission) {
      case PUT_OBJECT, DELETE_OBJECT, DELETE_OBJECT_VERSION -> true;
      default -> false;
    };
  }

  /** Whether the request makes an object; S3 User Guide, "Enforce conditional writes". */
  private @Nullable String createsObject() {
    if (permission != S3Permission.PUT_OBJECT) {
      return null;
    }
    return switch (facts.request()) {
      case PutObjectRequest put -> "true";
      case CopyObjectRequest copy -> "true";
      case CompleteMultipartUploadRequest complete -> "true";
      case CreateMultipartUploadRequest create -> "false";
      case UploadPartRequest part -> "false";
      case UploadPartCopyRequest part -> "false";
      default -> null;
    };
  }

  /** Decoded and without a first slash, so that it has one form only. */
  private @Nullable String copySource() {
    var header = facts.text(Location.HEADER, "x-amz-copy-source");
    if (header == null) {
      return null;
    }
    try {
      var source = CopySource.parse(header);
      return source.bucket() + "/" + source.key().text();
    } catch (S3Exception malformed) {
      return header;
    }
  }

  private @Nullable String location() {
    var configuration =
        facts.request() instanceof CreateBucketRequest create
            ? create.createBucketConfiguration()
            : null;
    return configuration == null ? null : configuration.locationConstraint();
  }

  private Map<String, String> requestTags() {
    return switch (facts.member("Tagging")) {
      case String header -> Tags.parse(header);
      case Tagging document -> Tags.of(document.tagSet(), Tags.MAX_OF_OBJECT);
      case null, default -> Map.of();
    };
  }

  private static List<String> tag(Map<String, String> tags, String lowerName) {
    var values = new ArrayList<String>();
    tags.forEach(
        (name, value) -> {
          if (name.equalsIgnoreCase(lowerName)) {
            values.add(value);
          }
        });
    return values;
  }

  private static List<String> list(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }
}
