package io.coffer.storage.files;

import java.time.Instant;
import java.util.UUID;

/**
 * What is known of one snapshot, as its {@code snapshot.properties} says it.
 *
 * @param name 1 to 64 letters, digits, dots, underscores and hyphens
 * @param time when it was begun; it holds all that was acknowledged before
 * @param store the id of the store that it is of
 * @param blobs how many it holds, small and large
 * @param blobBytes bytes of all of them
 * @param files how many of them have a file of their own
 * @param fileBytes bytes of those
 * @param rowBytes bytes of RocksDB's files, which hold the rows and the small blobs
 * @param missing blobs whose file was not there when the snapshot was made: the store is damaged
 */
public record Snapshot(
    String name,
    Instant time,
    UUID store,
    long blobs,
    long blobBytes,
    long files,
    long fileBytes,
    long rowBytes,
    long missing) {}
