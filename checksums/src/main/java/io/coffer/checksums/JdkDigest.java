package io.coffer.checksums;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** MD5 and the SHA family of the JDK. */
final class JdkDigest implements Digest {
  private final MessageDigest digest;

  /**
   * @param name as in the Java Security Standard Algorithm Names: one that every JDK has
   */
  JdkDigest(String name) {
    try {
      this.digest = MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + name, e);
    }
  }

  @Override
  public void update(ByteBuffer bytes) {
    digest.update(bytes);
  }

  @Override
  public byte[] finish() {
    return digest.digest();
  }
}
