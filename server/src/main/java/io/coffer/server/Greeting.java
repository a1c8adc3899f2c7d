package io.coffer.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the server says when it is ready: where it is, and lines to copy that reach it. */
final class Greeting {
  private static final String TEXT =
      """

      Coffer %1$s is ready.

        address      %2$s
        data         %3$s
        region       %4$s
        access key   %5$s
        secret key   %6$s

      Reach it from another shell:
        export AWS_ACCESS_KEY_ID=%5$s AWS_SECRET_ACCESS_KEY=%7$s AWS_REGION=%4$s

        aws-cli      aws --endpoint-url %2$s s3 mb s3://my-bucket
        rclone       rclone --s3-provider Other --s3-env-auth --s3-endpoint %2$s \\
                       --s3-region %4$s lsd :s3:
        Java SDK 2   S3Client.builder().endpointOverride(URI.create("%2$s"))
                       .region(Region.of("%4$s")).forcePathStyle(true).build()
      %8$s
      """;

  private static final String TRUST =
      """

      The certificate is signed by this server's own authority. To trust it:
        aws-cli      export AWS_CA_BUNDLE=%1$s
        rclone       export RCLONE_CA_CERT=%1$s
        curl         curl --cacert %1$s %2$s/-/health/ready
        Java         keytool -importcert -noprompt -alias coffer -file %1$s \\
                       -keystore coffer-trust.p12 -storepass changeit
                     java -Djavax.net.ssl.trustStore=coffer-trust.p12 \\
                       -Djavax.net.ssl.trustStorePassword=changeit ...
      """;

  private Greeting() {}

  static String of(CofferServer server, ServerOptions options) {
    var key = server.rootKey();
    var directory = options.directory();
    return TEXT.formatted(
        Version.text(),
        endpoint(server, options),
        directory == null ? "in memory: all is gone when this ends" : absolute(directory),
        options.region(),
        key.accessKeyId(),
        secret(key, directory),
        secretForShell(key, directory),
        trust(server, options));
  }

  private static String trust(CofferServer server, ServerOptions options) {
    var authority = server.developmentAuthority();
    return authority == null
        ? ""
        : TRUST.formatted(quoted(absolute(authority)), endpoint(server, options));
  }

  /** As a word of a shell, quoted if need be. */
  private static String quoted(String path) {
    return path.matches("[A-Za-z0-9/._-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
  }

  private static String endpoint(CofferServer server, ServerOptions options) {
    var address = server.address();
    var host = address.getHostString();
    if (address.getAddress().isAnyLocalAddress()) {
      host = "127.0.0.1";
    }
    var scheme = options.edge().tls().on() ? "https://" : "http://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static String secret(RootKey key, @Nullable Path directory) {
    return switch (key.source()) {
      case GIVEN -> "as given (" + Setting.ROOT_SECRET_KEY.variable() + ")";
      case KEPT -> "kept in " + file(directory);
      case NEW ->
          directory == null
              ? key.secretAccessKey()
              : key.secretAccessKey() + "   (shown this once; kept in " + file(directory) + ")";
    };
  }

  /** The secret as a word of a shell; it is spelled out only when it was shown anyway. */
  private static String secretForShell(RootKey key, @Nullable Path directory) {
    return switch (key.source()) {
      case GIVEN -> "\"$" + Setting.ROOT_SECRET_KEY.variable() + "\"";
      case KEPT -> {
        var quoted = "'" + file(directory).replace("'", "'\\''") + "'";
        yield "\"$(sed -n s/^secret-key=//p " + quoted + ")\"";
      }
      case NEW -> key.secretAccessKey();
    };
  }

  private static String file(@Nullable Path directory) {
    return directory == null ? "" : absolute(directory) + "/secrets/" + RootKeyFile.NAME;
  }

  private static String absolute(Path directory) {
    return directory.toAbsolutePath().normalize().toString();
  }
}
