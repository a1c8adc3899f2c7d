package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import java.util.List;
import java.util.Set;

/**
 * What follows from a group of batches once it is written.
 *
 * @param settled blobs that are no longer among the unadopted
 * @param filesToDelete released blobs whose files may go
 * @param spared released blobs whose files need no sync any more
 * @param debts what is left to be made durable
 */
record Outcome(
    Set<BlobId> settled, List<BlobId> filesToDelete, List<BlobId> spared, List<Debt> debts) {}
