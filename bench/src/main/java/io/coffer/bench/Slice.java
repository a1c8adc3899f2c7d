package io.coffer.bench;

/** A piece of the content. */
record Slice(long offset, long length) {}
