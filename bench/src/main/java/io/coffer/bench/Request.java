package io.coffer.bench;

/**
 * A signed request, ready to be sent as often as its signature is valid (15 minutes).
 *
 * @param head request line and headers as they go over the wire; not to be changed
 * @param bodyOffset where in the content the body begins
 * @param bodyLength bytes of the body that are taken from the content
 * @param hasResponseBody false for HEAD
 */
record Request(byte[] head, long bodyOffset, long bodyLength, boolean hasResponseBody) {}
