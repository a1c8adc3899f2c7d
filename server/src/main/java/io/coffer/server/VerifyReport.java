package io.coffer.server;

import io.coffer.service.Finding;
import io.coffer.service.Tally;
import java.io.PrintWriter;
import java.util.Locale;

/** Writes what a check found: lines for people, or JSON objects. */
final class VerifyReport {
  private static final double NANOS = 1e9;

  private final PrintWriter out;
  private final boolean json;

  VerifyReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /** One finding, at once. */
  void found(Finding finding) {
    if (json) {
      out.print(object(finding));
    } else {
      out.println(type(finding) + " " + finding.line());
    }
    out.flush();
  }

  private static String type(Finding finding) {
    return finding.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String object(Finding finding) {
    var target = finding.target();
    var line = new JsonLine();
    line.add("type", type(finding));
    line.add("bucket", target.bucket());
    line.add("key", target.key());
    line.add("versionId", target.versionId());
    line.add("uploadId", target.uploadId());
    if (target.part() > 0) {
      line.add("part", target.part());
    }
    var bytes = finding.bytes();
    if (bytes != null) {
      line.add("offset", bytes.offset());
      line.add("length", bytes.length());
    }
    line.add("what", finding.what());
    line.add("advice", finding.advice());
    return line.end();
  }

  /** The end. */
  void summary(Tally tally, long nanos) {
    if (json) {
      var line = new JsonLine();
      line.add("type", "summary");
      line.add("objects", tally.objects());
      line.add("blobs", tally.blobs());
      line.add("bytes", tally.bytes());
      line.add("damage", tally.damage());
      line.add("strays", tally.strays());
      line.add("durationMillis", nanos / 1_000_000);
      out.print(line.end());
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%s: %,d versions and uploads, %,d blobs, %s read in %.1f s; %,d damaged, %,d stray",
              tally.damage() > 0 ? "DAMAGED" : "sound",
              tally.objects(),
              tally.blobs(),
              ByteCount.text(tally.bytes()),
              nanos / NANOS,
              tally.damage(),
              tally.strays()));
    }
    out.flush();
  }
}
