package io.coffer.auth;

/**
 * Who sent a request, and how its body was announced. The body itself is still to be checked: read
 * it through {@link Payload#open}.
 */
public record Authentication(Caller caller, Payload payload) {}
