package io.coffer.service.identity;

import java.util.List;
import java.util.stream.Collectors;

/** The secrets of a store were sealed with a key that this server has not got. */
public final class WrongSealKey extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongSealKey(String wanted, List<SealKey> given) {
    super(
        "the secrets of this store are sealed with the key %s, and the server was given %s"
            .formatted(wanted, given.stream().map(SealKey::id).collect(Collectors.joining(", "))),
        null,
        false,
        false);
  }
}
