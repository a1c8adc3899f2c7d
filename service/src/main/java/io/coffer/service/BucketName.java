package io.coffer.service;

import io.coffer.model.S3Error;
import java.util.regex.Pattern;

/**
 * A name that a bucket may have.
 *
 * @param text 3 to 63 characters; AWS: "General purpose bucket naming rules"
 */
public record BucketName(String text) {
  /** No name is longer. */
  static final int MAX_LENGTH = 63;

  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  /**
   * @throws io.coffer.model.S3Exception InvalidBucketName
   */
  public BucketName {
    if (!isLegal(text)) {
      throw S3Error.INVALID_BUCKET_NAME.exception().with("BucketName", text);
    }
  }

  /** Whether a bucket may be called so. */
  public static boolean isLegal(String name) {
    return SHAPE.matcher(name).matches()
        && !IP_ADDRESS.matcher(name).matches()
        && !name.contains("..")
        && !name.contains(".-")
        && !name.contains("-.")
        && !name.startsWith("xn--")
        && !name.startsWith("sthree-")
        && !name.startsWith("amzn-s3-demo-")
        && !name.endsWith("-s3alias")
        && !name.endsWith("--ol-s3")
        && !name.endsWith("--x-s3")
        && !name.endsWith("--table-s3")
        && !name.endsWith(".mrap");
  }
}
