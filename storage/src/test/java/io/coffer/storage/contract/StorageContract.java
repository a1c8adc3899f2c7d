package io.coffer.storage.contract;

/** What every backend promises. */
public abstract class StorageContract {}
