package io.coffer.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and what became of it, for the access log and the audit log.
 *
 * @param time when its head had arrived
 * @param remote the client's address: the peer's, or what trusted proxies say
 * @param secure whether the client's connection was encrypted
 * @param tlsVersion with what, such as {@code TLSv1.3}; null when it was not, or nobody says
 * @param accountId 12 digits; null for anonymous requests and those that were not authenticated
 * @param accessKeyId likewise
 * @param principal the ARN of who asked, likewise
 * @param decision whether it was let in and allowed; null when nobody came to decide that
 * @param method as sent
 * @param service {@code s3}, {@code iam} or {@code sts}; null for the paths of operators, and when
 *     it is not known
 * @param operation AWS's name of the operation, or {@code PostObject}; null when it is not known
 * @param bucket decoded; null when none was named
 * @param key decoded; null when none was named
 * @param status of the answer; 0 when the client went away before there was one
 * @param errorCode S3's code; null when the request succeeded; also that of an error inside a 200
 * @param bytesIn of the body, as they came over HTTP and were read
 * @param bytesOut of the body that was sent
 * @param durationMicros from the head's arrival until the answer was sent
 * @param requestId as in the answer
 * @param userAgent as sent, or null
 */
public record AccessEntry(
    Instant time,
    String remote,
    boolean secure,
    @Nullable String tlsVersion,
    @Nullable String accountId,
    @Nullable String accessKeyId,
    @Nullable String principal,
    @Nullable Decision decision,
    String method,
    @Nullable String service,
    @Nullable String operation,
    @Nullable String bucket,
    @Nullable String key,
    int status,
    @Nullable String errorCode,
    long bytesIn,
    long bytesOut,
    long durationMicros,
    String requestId,
    @Nullable String userAgent) {}
