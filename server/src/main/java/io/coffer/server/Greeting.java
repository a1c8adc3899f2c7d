package io.coffer.server;

/** What the server says when it is ready: where it is, and how to reach it. */
final class Greeting {
  private Greeting() {}

  static String of(CofferServer server, ServerOptions options) {
    var key = server.rootKey();
    var address = server.address();
    var host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    var endpoint =
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    var data =
        options.directory() == null
            ? "in memory: all is gone when this ends"
            : options.directory().toAbsolutePath().normalize().toString();
    var secret =
        key.isNew()
            ? key.secretAccessKey() + secretNote(options)
            : options.rootSecretKey() != null
                ? "as given by COFFER_ROOT_SECRET_KEY"
                : "in " + options.directory() + "/secrets/root.properties";
    return """

    Coffer %1$s is ready.

      endpoint     %2$s
      data         %3$s
      region       %4$s
      access key   %5$s
      secret key   %6$s

      aws-cli      export AWS_ACCESS_KEY_ID=%5$s AWS_SECRET_ACCESS_KEY=... AWS_REGION=%4$s
                   aws --endpoint-url %2$s s3 mb s3://bucket
      rclone       rclone --s3-provider Other --s3-endpoint %2$s --s3-region %4$s \\
                     --s3-access-key-id %5$s --s3-secret-access-key ... lsd :s3:
      Java SDK v2  S3Client.builder().endpointOverride(URI.create("%2$s"))
                     .region(Region.of("%4$s")).forcePathStyle(true)

    """
        .formatted(Version.TEXT, endpoint, data, options.region(), key.accessKeyId(), secret);
  }

  private static String secretNote(ServerOptions options) {
    return options.directory() == null
        ? ""
        : "   (shown this once; kept in secrets/root.properties)";
  }
}
