package io.coffer.model;

import java.nio.channels.FileChannel;

/**
 * Bytes of a body where they lie in a file, so that they can be sent without being copied.
 *
 * @param file to be read; the body closes it
 * @param position of the first byte
 * @param length bytes, at least 1
 */
public record FileSpan(FileChannel file, long position, long length) {}
