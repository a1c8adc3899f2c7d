package io.coffer.model;

/** What an operation acts on: how much of bucket and key its path has. */
public enum Target {
  SERVICE,
  BUCKET,
  OBJECT
}
