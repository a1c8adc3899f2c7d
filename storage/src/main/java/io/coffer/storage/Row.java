package io.coffer.storage;

/**
 * One row.
 *
 * @param value at most {@link Limits#ROW_BYTES}
 * @param revision what to expect of the row when writing on the strength of this reading
 */
public record Row(RowKey key, Bytes value, Revision revision) {}
