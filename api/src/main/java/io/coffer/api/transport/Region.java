package io.coffer.api.transport;

import io.coffer.model.FileSpan;
import io.netty.channel.DefaultFileRegion;

/** A span of a file that stays open after it was sent: the body it belongs to closes it. */
final class Region extends DefaultFileRegion {
  Region(FileSpan span) {
    super(span.file(), span.position(), span.length());
  }

  @Override
  protected void deallocate() {
    // Not ours to close.
  }
}
