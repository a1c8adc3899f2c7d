package io.coffer.storage;

/**
 * How much a backend holds, about.
 *
 * @param rowBytes bytes of rows and of blobs beside them
 * @param blobBytes bytes of blobs in places of their own
 * @param freeBytes room that is left; {@link Long#MAX_VALUE} when nobody knows
 */
public record Usage(long rowBytes, long blobBytes, long freeBytes) {}
