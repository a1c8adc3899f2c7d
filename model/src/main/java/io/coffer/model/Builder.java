package io.coffer.model;

/** Builds one record of the model. Not thread-safe. */
public interface Builder<R> {
  R build();
}
