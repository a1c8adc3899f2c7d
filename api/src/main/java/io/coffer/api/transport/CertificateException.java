package io.coffer.api.transport;

import java.io.IOException;

/** A certificate or key that cannot be used; the message is one sentence for the operator. */
public final class CertificateException extends IOException {
  private static final long serialVersionUID = 1L;

  CertificateException(String message) {
    super(message);
  }

  CertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
