package io.coffer.model;

/**
 * The head of an HTTP request, exactly as it came.
 *
 * @param method upper case as sent
 * @param path the raw path of the target, still percent-encoded, starting with a slash
 * @param query the raw query without its question mark; empty when there is none
 * @param headers the header fields
 */
public record RequestHead(String method, String path, String query, Headers headers) {}
