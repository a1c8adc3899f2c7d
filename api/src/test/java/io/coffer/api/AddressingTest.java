package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressingTest {
  private final Addressing addressing =
      new Addressing(List.of("example.com", "s3.example.com:9000", "[::1]"));

  private Address at(String host, String path) {
    var headers = Headers.builder().add("Host", host).build();
    return addressing.resolve(new RequestHead("GET", path, "", headers));
  }

  @ParameterizedTest
  @CsvSource({
    "/b/k, b, k",
    "/b//k, b, /k",
    "/b/a//b, b, a//b",
    "/b/./c, b, ./c",
    "/b/.., b, ..",
    "/b/d/, b, d/",
    "/b/a+b, b, a+b",
    "/b/a%2Bb, b, a+b",
    "/b/a%2Fb, b, a/b",
    "/b/%E2%82%AC, b, €",
    "/b/a%20b, b, a b",
    "/b/%F0%9F%98%80, b, 😀",
  })
  void aPathHasBucketAndKeyExactly(String path, String bucket, String key) {
    assertEquals(new Address(bucket, key), at("localhost:9000", path));
  }

  @Test
  void controlCharactersOfAKeyAreKept() {
    assertEquals("\u0001\r\n\t", at("localhost", "/b/%01%0D%0A%09").key());
  }

  @Test
  void aBucketWithASlashBehindItIsTheBucket() {
    assertEquals(new Address("b", null), at("localhost", "/b/"));
    assertEquals(Target.BUCKET, at("localhost", "/b").target());
  }

  @Test
  void theRootIsTheService() {
    assertEquals(Target.SERVICE, at("localhost", "/").target());
    assertEquals("/", at("localhost", "/").resource());
  }

  @ParameterizedTest
  @CsvSource({
    "b.s3.example.com, /k, b, k",
    "B.S3.Example.COM:9000, /k/, b, k/",
    "my.dotted.bucket.s3.example.com, /k, my.dotted.bucket, k",
    "b.example.com, //k, b, /k",
    "other.domain.net, /x/k, x, k",
    "s3.example.com, /x/k, x, k",
    "example.com, /x/k, x, k",
    "badexample.com, /x/k, x, k",
    "[::1]:9000, /x/k, x, k",
    "b.[::1]:9000, /k, b, k",
    "127.0.0.1:9000, /x/k, x, k",
  })
  void aHostBelowADomainNamesTheBucket(String host, String path, String bucket, String key) {
    assertEquals(new Address(bucket, key), at(host, path));
  }

  @Test
  void theRootOfAVirtualHostIsTheBucket() {
    assertEquals(new Address("b", null), at("b.s3.example.com:9000", "/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/b/%",
        "/b/%4",
        "/b/%GG",
        "/b/%C0%80",
        "/b/%ED%A0%80",
        "/b/%FF",
        "/%80/k",
        "/b/a\u20ACb",
        "b/k",
        ""
      })
  void whatIsNotPercentEncodedUtf8IsRefused(String path) {
    var refusal = assertThrows(S3Exception.class, () -> at("localhost", path));
    assertEquals(S3Error.INVALID_URI, refusal.error());
  }

  @Test
  void anEmptyBucketNameIsRefused() {
    var refusal = assertThrows(S3Exception.class, () -> at("localhost", "//k"));
    assertEquals(S3Error.INVALID_BUCKET_NAME, refusal.error());
  }

  @Test
  void everyKeyComesBackFromItsEncoding() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var key = RandomRecords.text(random, 1 + random.nextInt(40));
      var path = "/b/" + PercentEncoding.encode(key);
      assertEquals(key, at("localhost", path).key(), () -> "seed " + seed);
      var raw = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      assertEquals(
          key,
          at("localhost", "/b/" + raw.replace("%", "%25")).key(),
          () -> "unencoded, seed " + seed);
    }
  }
}
