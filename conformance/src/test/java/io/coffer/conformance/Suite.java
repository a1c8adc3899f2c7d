package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the suites have in common: one server a class, a bucket of its own for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Suite {
  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir static Path scratch;

  private final boolean onFiles;
  private final boolean https;
  private @Nullable S3Server server;
  private @Nullable S3Client client;
  private String bucket = "";

  /**
   * @param onFiles whether the server keeps its data in a directory
   */
  Suite(boolean onFiles) {
    this(onFiles, false);
  }

  /**
   * @param https whether clients reach it over TLS
   */
  Suite(boolean onFiles, boolean https) {
    this.onFiles = onFiles;
    this.https = https;
  }

  @BeforeAll
  void startServer() {
    server =
        S3Server.start(onFiles ? scratch.resolve("data" + COUNT.incrementAndGet()) : null, https);
    client = server.client();
  }

  @AfterAll
  void stopServer() {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void createBucket() {
    bucket = "bucket-" + COUNT.incrementAndGet();
    s3().createBucket(b -> b.bucket(bucket));
  }

  /** After a restart the server is elsewhere. */
  void reconnect() {
    s3().close();
    client = server().client();
  }

  S3Server server() {
    return Objects.requireNonNull(server);
  }

  S3Client s3() {
    return Objects.requireNonNull(client);
  }

  /** The test's own bucket. */
  String bucket() {
    return bucket;
  }

  void enableVersioning() {
    setVersioning(BucketVersioningStatus.ENABLED);
  }

  void setVersioning(BucketVersioningStatus status) {
    s3().putBucketVersioning(b -> b.bucket(bucket).versioningConfiguration(c -> c.status(status)));
  }

  PutObjectResponse put(String key, String content) {
    return s3().putObject(b -> b.bucket(bucket).key(key), RequestBody.fromString(content));
  }

  String get(String key) {
    return s3().getObjectAsBytes(b -> b.bucket(bucket).key(key)).asString(StandardCharsets.UTF_8);
  }

  /** Demands that an action fails as S3 fails it. */
  static void refuses(int status, String code, Runnable action) {
    var error = assertThrows(S3Exception.class, action::run);
    assertEquals(code, error.awsErrorDetails().errorCode());
    assertEquals(status, error.statusCode());
  }

  /** Bytes that repeat only after a prime, so that a misplaced block shows. */
  static byte[] pattern(int size) {
    var bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i % 251);
    }
    return bytes;
  }
}
