package io.coffer.api;

/**
 * How an answer and the log name a request.
 *
 * @param id {@code x-amz-request-id}: 16 hex digits in upper case, no two alike
 * @param hostId {@code x-amz-id-2}: the same for all requests of one start of the server
 */
record RequestId(String id, String hostId) {}
