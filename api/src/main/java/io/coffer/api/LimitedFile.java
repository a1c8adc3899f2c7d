package io.coffer.api;

import io.coffer.auth.PostAuthorization;
import io.coffer.model.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A form's file, held to the lengths that the policy allows while it flows. */
final class LimitedFile implements Body {
  private final Body file;
  private final PostAuthorization authorization;
  private long length;

  LimitedFile(Body file, PostAuthorization authorization) {
    this.file = file;
    this.authorization = authorization;
  }

  @Override
  public long length() {
    return file.length();
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    var bytes = file.next();
    if (bytes == null) {
      authorization.check(length);
    } else {
      length += bytes.remaining();
      authorization.checkNotAbove(length);
    }
    return bytes;
  }

  @Override
  public void close() {
    file.close();
  }
}
