package io.coffer.api.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;

/**
 * Private keys from their encodings. The JDK reads PKCS#8 (RFC 5958) alone; the older forms (RFC
 * 8017 §A.1.2, RFC 5915) are what it holds inside, so they are wrapped.
 */
final class PrivateKeys {
  private static final int INTEGER = 0x02;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final int PARAMETERS = 0xa0;

  /** Version 0. */
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  /** The object identifier rsaEncryption, and NULL. */
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");

  /** The object identifier id-ecPublicKey. */
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private PrivateKeys() {}

  static PrivateKey ofPkcs8(byte[] encoded) throws GeneralSecurityException {
    var spec = new PKCS8EncodedKeySpec(encoded);
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    }
  }

  static PrivateKey ofPkcs1(byte[] encoded) throws GeneralSecurityException {
    return wrapped(RSA, encoded);
  }

  /** The curve has to be named in the key, as every program does. */
  static PrivateKey ofSec1(byte[] encoded) throws GeneralSecurityException {
    var content = enter(ByteBuffer.wrap(encoded), SEQUENCE);
    enter(content, INTEGER);
    enter(content, OCTET_STRING);
    var curve = enter(content, PARAMETERS);
    var name = new byte[curve.remaining()];
    curve.get(name);
    return wrapped(join(EC, name), encoded);
  }

  private static PrivateKey wrapped(byte[] algorithm, byte[] key) throws GeneralSecurityException {
    var content = join(VERSION, element(SEQUENCE, algorithm), element(OCTET_STRING, key));
    return ofPkcs8(element(SEQUENCE, content));
  }

  /** The content of the next element, which is skipped. */
  private static ByteBuffer enter(ByteBuffer from, int tag) throws InvalidKeySpecException {
    if (from.remaining() < 2 || (from.get() & 0xff) != tag) {
      throw new InvalidKeySpecException("not the structure of a key");
    }
    int length = from.get() & 0xff;
    if (length > 0x7f) {
      int bytes = length & 0x7f;
      if (bytes > 2 || bytes > from.remaining()) {
        throw new InvalidKeySpecException("not the length of a key");
      }
      length = 0;
      for (int i = 0; i < bytes; i++) {
        length = length << 8 | (from.get() & 0xff);
      }
    }
    if (length > from.remaining()) {
      throw new InvalidKeySpecException("a key that is cut off");
    }
    var content = from.slice(from.position(), length);
    from.position(from.position() + length);
    return content;
  }

  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    if (length < 0x80) {
      return join(new byte[] {(byte) tag, (byte) length}, content);
    }
    byte[] header =
        length < 0x100
            ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(header, content);
  }

  private static byte[] join(byte[]... parts) {
    int length = 0;
    for (var part : parts) {
      length += part.length;
    }
    var joined = ByteBuffer.allocate(length);
    for (var part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
