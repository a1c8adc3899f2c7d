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
  SEAL_KEY(
      "seal-key",
      "BASE64",
      Shape.LIST,
      "Key that seals secrets in the data directory: 32 random bytes. Of several the first seals,"
          + " and all open. Without it one is made at the first start and kept in secrets/seal.key."
          + " Better given by environment than by flag."),
  SEAL_KEY_FILE("seal-key-file", "FILE", "", "A file with that key, or several, one a line."),
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
  ACME_DOMAINS(
      "acme-domains",
      "NAME",
      Shape.LIST,
      "Speak HTTPS with a certificate for these names that the server gets by ACME from a"
          + " certificate authority, such as Let's Encrypt, and renews by itself. They have to"
          + " lead to this server; docs/tls.md."),
  ACME_ACCEPT_TERMS(
      "acme-accept-terms",
      "on|off",
      "off",
      "You have read the terms of service of that authority, and agree to them.",
      Shape.SWITCH),
  ACME_EMAIL(
      "acme-email",
      "ADDRESS",
      "",
      "Where the authority can reach you about the certificates; some demand it."),
  ACME_DIRECTORY(
      "acme-directory",
      "URL",
      "https://acme-v02.api.letsencrypt.org/directory",
      "The authority: the address of its ACME directory."),
  ACME_CA_FILE(
      "acme-ca-file",
      "FILE",
      "",
      "Whom to trust at that address, in PEM, if it is an authority of your own."),
  ACME_CHALLENGE(
      "acme-challenge",
      "http-01|tls-alpn-01",
      "http-01",
      "How the names are proved: http-01, by a small answer on port 80; tls-alpn-01, on port 443"
          + " in the handshake of HTTPS."),
  ACME_HTTP_ADDRESS(
      "acme-http-address",
      "HOST:PORT",
      "",
      "Where http-01 is answered, if not on port 80 of the server's address; all else that comes"
          + " there is led to HTTPS."),
  OIDC_ALLOW_HTTP(
      "oidc-allow-http",
      "on|off",
      "off",
      "OpenID Connect providers on this machine (localhost) may be asked in the clear, for"
          + " development; all others always by HTTPS. docs/sts.md.",
      Shape.SWITCH),
  LOG_FORMAT(
      "log-format",
      "text|json",
      "text",
      "Log lines for people, or one JSON object a line; on standard error."),
  ACCESS_LOG("access-log", "on|off", "on", "One log line per request."),
  AUDIT_LOG(
      "audit-log",
      "FILE|URL",
      "",
      "One JSON object per request, of who asked for what and whether it was allowed: into a file,"
          + " or by POST to a collector at an http or https URL; docs/audit.md."),
  AUDIT_LOG_SIZE(
      "audit-log-size",
      "MIB",
      "64",
      "A file of the audit log that would become larger is put aside, as FILE.1."),
  AUDIT_LOG_FILES(
      "audit-log-files", "NUMBER", "10", "How many files that were put aside are kept: 1 or more."),
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
  MAX_REQUESTS(
      "max-requests",
      "NUMBER",
      "5000",
      "Requests that are answered at once; further ones get 503 SlowDown. 0 for any number."
          + " docs/limits.md says more of this and the next four."),
  MAX_REQUESTS_PER_ACCOUNT(
      "max-requests-per-account", "NUMBER", "0", "The same for each account; 0 for any number."),
  MAX_REQUESTS_PER_KEY(
      "max-requests-per-key", "NUMBER", "0", "The same for each access key; 0 for any number."),
  MAX_BANDWIDTH_PER_ACCOUNT(
      "max-bandwidth-per-account",
      "MIB",
      "0",
      "So many MiB a second of bodies, in both directions together, for each account: what is more"
          + " waits, and when that would be long, gets 503 SlowDown. 0 for any number."),
  MAX_FAILED_LOGINS(
      "max-failed-logins",
      "NUMBER",
      "50",
      "After so many wrong signatures within a minute from one address (of IPv6, one /64), what"
          + " else comes signed from there gets 503 SlowDown for the rest of that minute. 0 for any"
          + " number."),
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
