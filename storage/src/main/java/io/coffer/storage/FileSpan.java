package io.coffer.storage;

import java.nio.channels.FileChannel;

/**
 * Bytes where they lie in a file, so that they can be sent without being copied.
 *
 * @param file to be read; whoever gave the span closes it
 * @param position of the first byte
 * @param length bytes, at least 1
 */
public record FileSpan(FileChannel file, long position, long length) {}
