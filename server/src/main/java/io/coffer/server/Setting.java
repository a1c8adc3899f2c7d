package io.coffer.server;

import java.util.Locale;

/**
 * Every setting: the one table behind flags, environment variables, lines of the settings file,
 * help texts and docs/settings.md.
 */
enum Setting {
  ADDRESS(
      "address",
      "HOST:PORT",
      "127.0.0.1:9000",
      "Where to listen. 127.0.0.1 serves this machine only; 0.0.0.0 all who can reach it."),
  DOMAIN(
      "domain",
      "NAME",
      Shape.LIST,
      "Base domain for virtual-host style requests (bucket.NAME). Path style always works."),
  REGION("region", "NAME", "us-east-1", "The region that requests must be signed for."),
  BOOTSTRAP(
      "bootstrap",
      "FILE",
      "",
      "Accounts, their root keys, and buckets to be there, in JSON; applied at every start, changes"
          + " nothing that is already so."),
  ROOT_ACCESS_KEY(
      "root-access-key",
      "ID",
      "",
      "Access key of the root account, 3 to 128 letters, digits, '_', '-' or '.'. Without it a"
          + " random pair is made at the first start. Better given by environment than by flag."),
  ROOT_SECRET_KEY(
      "root-secret-key",
      "SECRET",
      "",
      "Its secret, 8 characters or more. Better given by environment than by flag: other users of"
          + " the machine can see flags."),
  SIGNING_HOST(
      "signing-host",
      "HOST[:PORT]",
      Shape.LIST,
      "Name by which clients reach a proxy before this server: signatures made for it are accepted"
          + " though the Host header differs."),
  TRUSTED_PROXY(
      "trusted-proxy",
      "ADDRESS[/BITS]",
      Shape.LIST,
      "Proxy (10.0.0.7) or network of proxies (10.0.0.0/8) whose X-Forwarded-For and -Proto"
          + " say where a request came from, and whose X-Forwarded-Host is believed when a"
          + " signature is verified. Nothing of that is believed from others."),
  PROXY_PROTOCOL(
      "proxy-protocol",
      "on|off",
      "off",
      "Connections from trusted proxies begin with a header of the PROXY protocol, version 2; those"
          + " without one are closed."),
  TLS_CERT(
      "tls-cert",
      "FILE",
      Shape.LIST,
      "Speak HTTPS with this certificate: PEM, with the chain to its authority. Of several, a"
          + " client gets the one with the name that it asks for, or else the first. Files that"
          + " change are read again within seconds; docs/tls.md."),
  TLS_KEY(
      "tls-key",
      "FILE",
      Shape.LIST,
      "Its private key: PEM, unencrypted, RSA or EC. As many as there are certificates, in the same"
          + " order."),
  TLS_SELF_SIGNED(
      "tls-self-signed",
      "on|off",
      "off",
      "Speak HTTPS with a certificate that the server makes itself, for development: for localhost,"
          + " this machine's name and the domains. At the start it says how to trust it.",
      Shape.SWITCH),
  TLS_CLIENT_CA(
      "tls-client-ca",
      "FILE",
      "",
      "Ask clients for certificates, and refuse those that none of the authorities in this PEM file"
          + " has signed; clients without one are served."),
  LOG_FORMAT(
      "log-format",
      "text|json",
      "text",
      "Log lines for people, or one JSON object a line; on standard error."),
  ACCESS_LOG("access-log", "on|off", "on", "One log line per request."),
  IDLE_TIMEOUT(
      "idle-timeout",
      "SECONDS",
      "60",
      "After so many seconds without a byte in either direction a connection is closed."),
  MAX_CONNECTIONS(
      "max-connections",
      "NUMBER",
      "10000",
      "Connections at once; further ones wait until one of these ends."),
  DRAIN_TIMEOUT(
      "drain-timeout",
      "SECONDS",
      "30",
      "How long requests in flight may go on when the server is told to stop; a second signal ends"
          + " it at once."),
  DISK_RESERVE(
      "disk-reserve",
      "MIB",
      "256",
      "Writes are refused when the disk has less room than this; reads and deletes go on."),
  CACHE(
      "cache",
      "MIB",
      "256",
      "Memory for rows, at most: what is looked up often, and the newest ones. From ten million"
          + " objects on more makes it faster."),
  DURABILITY(
      "durability",
      "sync|group=Nms|relaxed",
      "sync",
      "When a write is answered: sync, when it is on the disk; group=Nms (1 to 10000), when the"
          + " operating system has it, which is told at most N milliseconds later to put it on the"
          + " disk; relaxed, when the operating system has it. docs/durability.md says what each"
          + " can lose."),
  BUCKET_DURABILITY(
      "bucket-durability",
      "BUCKET=MODE",
      Shape.LIST,
      "The same for one bucket, which need not be there yet, as in scratch=relaxed or"
          + " logs=group=50ms."),
  NEW_BUCKETS_BLOCK_PUBLIC_ACCESS(
      "new-buckets-block-public-access",
      "on|off",
      "on",
      "New buckets block all public access, as in AWS, until somebody changes that"
          + " (PutPublicAccessBlock, DeletePublicAccessBlock). Buckets that are there already stay"
          + " as they are."),
  NEW_BUCKETS_OBJECT_OWNERSHIP(
      "new-buckets-object-ownership",
      "BucketOwnerEnforced|BucketOwnerPreferred|ObjectWriter",
      "BucketOwnerEnforced",
      "Who owns what others write into a bucket whose maker said nothing of it, and whether ACLs"
          + " count there: not with BucketOwnerEnforced, as in AWS. docs/acl.md."),
  SCRUB_RATE(
      "scrub-rate",
      "MIB",
      "8",
      "Everything that is kept is read and checked in the background, so many MiB a second, less"
          + " while there are requests; 0 for not at all. Damage is in the log and the metrics."),
  SCRUB_INTERVAL(
      "scrub-interval",
      "DAYS",
      "7",
      "How long that check rests after it has read everything: 1 or more."),
  METRICS(
      "metrics",
      "on|off",
      "on",
      "The page /-/metrics for Prometheus, which needs no authentication.");

  private final String key;
  private final String parameter;
  private final String defaultValue;
  private final String description;
  private final Shape shape;

  /** How many values, if any. */
  private enum Shape {
    ONE,
    LIST,
    /** On or off; as a flag it needs no value. */
    SWITCH
  }

  Setting(String key, String parameter, Shape shape, String description) {
    this(key, parameter, "", description, shape);
  }

  Setting(String key, String parameter, String defaultValue, String description) {
    this(key, parameter, defaultValue, description, Shape.ONE);
  }

  Setting(String key, String parameter, String defaultValue, String description, Shape shape) {
    this.shape = shape;
    this.key = key;
    this.parameter = parameter;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** The name in the settings file. */
  String key() {
    return key;
  }

  /** The flag of {@code coffer server}. */
  String flag() {
    return "--" + key;
  }

  /** The environment variable. */
  String variable() {
    return "COFFER_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether it may have several values: the flag repeated, or separated by commas. */
  boolean isList() {
    return shape == Shape.LIST;
  }

  /** Whether the flag alone, without a value, turns it on. */
  boolean isSwitch() {
    return shape == Shape.SWITCH;
  }

  /** What stands for its value in help texts. */
  String parameter() {
    return parameter;
  }

  /** The value when nobody gives one; empty for none. */
  String defaultValue() {
    return defaultValue;
  }

  String description() {
    return description;
  }
}
