package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_BUCKET_NAME;
import static io.coffer.model.S3Error.INVALID_URI;

import io.coffer.model.RequestHead;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds bucket and key in host and path: path style always ({@code /bucket/key}), and virtual-host
 * style ({@code bucket.domain}) below the configured domains. Source: Amazon S3 User Guide,
 * "Virtual hosting of buckets". Immutable.
 */
final class Addressing {
  /** Lower case, without port, longest first: of two domains the more telling one wins. */
  private final List<String> domains;

  /** Takes the base domains, such as {@code s3.example.com}; a port in one is ignored. */
  Addressing(List<String> domains) {
    this.domains =
        domains.stream()
            .map(Addressing::withoutPort)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /**
   * @throws io.coffer.model.S3Exception InvalidURI for a path that is not percent-encoded UTF-8
   */
  Address resolve(RequestHead head) {
    var path = head.path();
    if (!path.startsWith("/")) {
      throw INVALID_URI.exception();
    }
    var hosted = hostedBucket(head);
    if (hosted != null) {
      return new Address(hosted, keyOf(path, 1));
    }
    if (path.length() == 1) {
      return Address.SERVICE;
    }
    int slash = path.indexOf('/', 1);
    var bucket =
        PercentEncoding.decode(path.substring(1, slash < 0 ? path.length() : slash), false);
    if (bucket.isEmpty()) {
      throw INVALID_BUCKET_NAME.exception().with("BucketName", "");
    }
    return new Address(bucket, slash < 0 ? null : keyOf(path, slash + 1));
  }

  /** The bucket that the host names; null when it is in the path, or the service is meant. */
  @Nullable String hostedBucket(RequestHead head) {
    return bucketOfHost(head.headers().first("Host"));
  }

  private static @Nullable String keyOf(String path, int from) {
    return from >= path.length() ? null : PercentEncoding.decode(path.substring(from), false);
  }

  private @Nullable String bucketOfHost(@Nullable String host) {
    if (host == null || domains.isEmpty()) {
      return null;
    }
    var name = withoutPort(host);
    for (var domain : domains) {
      if (name.equals(domain)) {
        return null;
      }
      int dot = name.length() - domain.length() - 1;
      if (dot > 0 && name.charAt(dot) == '.' && name.endsWith(domain)) {
        return name.substring(0, dot);
      }
    }
    return null;
  }

  /** Host names have no case; {@code [::1]:9000} is {@code [::1]}. */
  private static String withoutPort(String host) {
    var name = host.strip().toLowerCase(Locale.ROOT);
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf(']') ? name.substring(0, colon) : name;
  }
}
