package io.coffer.model;

/** An enumeration of the service model: its constants have a word of their own on the wire. */
public interface WireEnum {
  /** The word on the wire, exactly as AWS writes it. */
  String wire();
}
