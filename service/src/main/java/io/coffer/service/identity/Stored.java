package io.coffer.service.identity;

import io.coffer.storage.Row;

/** An entity as it was read, and the row that a change of it expects. */
public record Stored<T extends Entity>(T value, Row row) {}
