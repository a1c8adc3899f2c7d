package io.coffer.storage;

/** A place in the change feed; opaque, kept by whoever reads the feed. */
public record Cursor(Bytes position) {}
