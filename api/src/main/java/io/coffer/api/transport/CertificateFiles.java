package io.coffer.api.transport;

import java.nio.file.Path;

/**
 * Where a server's certificate and its key lie, in PEM (RFC 7468).
 *
 * @param chain the server's certificate first, then those that lead to its authority
 * @param key unencrypted: PKCS#8, or the older forms {@code RSA PRIVATE KEY} and {@code EC PRIVATE
 *     KEY}; may be the same file
 */
public record CertificateFiles(Path chain, Path key) {}
