package io.coffer.model;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, as far as it can be believed: what the connection says, and before
 * trusted proxies what they say. The source of {@code aws:SourceIp}, {@code aws:SecureTransport}
 * and {@code s3:TlsVersion}.
 *
 * @param source the client's address
 * @param secure whether the client's own connection was encrypted
 * @param tlsVersion with what, such as {@code TLSv1.3}; null when it was not, or nobody says
 */
public record Origin(InetAddress source, boolean secure, @Nullable String tlsVersion) {}
