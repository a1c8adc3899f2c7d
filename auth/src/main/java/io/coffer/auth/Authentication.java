package io.coffer.auth;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, and how its body was announced. The body itself is still to be checked: read
 * it through {@link Payload#open}.
 *
 * @param signature null when nobody signed
 */
public record Authentication(
    Caller caller, Payload payload, @Nullable RequestSignature signature) {}
