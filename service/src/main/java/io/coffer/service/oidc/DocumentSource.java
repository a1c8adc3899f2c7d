package io.coffer.service.oidc;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Asks providers for documents. Thread-safe; blocks. */
public interface DocumentSource {
  /**
   * Gets a document.
   *
   * @param thumbprints SHA-1 of certificates, hex, behind which the server is trusted besides those
   *     that everybody trusts
   * @throws IOException it cannot be had, or may not be asked for
   */
  byte[] get(URI address, List<String> thumbprints) throws IOException;
}
