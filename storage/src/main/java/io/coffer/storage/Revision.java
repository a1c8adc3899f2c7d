package io.coffer.storage;

/**
 * The state of a row, opaque: two revisions of a key are equal only if nobody wrote the row between
 * them, even when it was deleted and made again.
 */
public record Revision(long value) {}
