package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of ARNs. Each of the six parts between colons is matched by itself: a wildcard does not
 * reach over a colon, but in the last part, where colons mean nothing. Source: IAM User Guide,
 * "Condition operators", "ARN", and "IAM JSON policy elements: Resource".
 */
final class ArnPattern {
  private static final int PARTS = 6;

  /** One for the whole text, or one for each part. */
  private final List<Glob> globs;

  private ArnPattern(List<Glob> globs) {
    this.globs = globs;
  }

  /** The pattern; one that matches nothing if the text has fewer than six parts. */
  static ArnPattern of(WildText text) {
    int[] colons = colons(text.text());
    if (colons.length < PARTS - 1) {
      return new ArnPattern(List.of());
    }
    int last = colons[PARTS - 2];
    var wild = text.wild();
    int firstWild = wild == null ? -1 : wild.nextSetBit(0);
    if (firstWild < 0 || firstWild > last) {
      return new ArnPattern(List.of(Glob.of(text)));
    }
    var globs = new ArrayList<Glob>();
    int from = 0;
    for (int colon : colons) {
      globs.add(Glob.of(text, from, colon));
      from = colon + 1;
    }
    globs.add(Glob.of(text, from, text.text().length()));
    return new ArnPattern(globs);
  }

  boolean matches(String arn) {
    if (globs.size() <= 1) {
      return !globs.isEmpty() && globs.get(0).matches(arn);
    }
    int from = 0;
    for (int i = 0; i < PARTS - 1; i++) {
      int colon = arn.indexOf(':', from);
      if (colon < 0 || !globs.get(i).matches(arn, from, colon)) {
        return false;
      }
      from = colon + 1;
    }
    return globs.get(PARTS - 1).matches(arn, from, arn.length());
  }

  /** Where the first five colons are; fewer if there are fewer. */
  private static int[] colons(String text) {
    var colons = new int[PARTS - 1];
    int from = 0;
    for (int i = 0; i < colons.length; i++) {
      colons[i] = text.indexOf(':', from);
      if (colons[i] < 0) {
        return new int[0];
      }
      from = colons[i] + 1;
    }
    return colons;
  }

  /** Whether a text has six parts. */
  static boolean hasSixParts(String text) {
    return colons(text).length == PARTS - 1;
  }
}
