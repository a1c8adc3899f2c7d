package io.coffer.auth.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Resource or NotResource of a statement. Source: IAM User Guide, "IAM JSON policy elements:
 * Resource"; names distinguish case.
 */
public final class Resources {
  private final boolean negated;
  private final List<Pattern> patterns;

  /**
   * One of them.
   *
   * @param prefix with which all that it matches begins
   * @param compiled null where variables must have their values first, and for "*"
   */
  private record Pattern(
      Template template, boolean everything, String prefix, @Nullable ArnPattern compiled) {
    static Pattern of(Template template) {
      var fixed = template.fixed();
      boolean everything = fixed != null && fixed.isStar();
      return new Pattern(
          template,
          everything,
          template.prefix(),
          fixed == null || everything ? null : ArnPattern.of(fixed));
    }

    boolean matches(RequestContext request) {
      if (everything) {
        return true;
      }
      if (compiled != null) {
        return compiled.matches(request.resource());
      }
      if (!request.resource().startsWith(prefix)) {
        return false;
      }
      var text = template.resolve(request);
      // Without a value for its variable a pattern is of no resource.
      return text != null && ArnPattern.of(text).matches(request.resource());
    }
  }

  Resources(boolean negated, List<Template> templates) {
    this.negated = negated;
    this.patterns = templates.stream().map(Pattern::of).toList();
  }

  /** Whether it is NotResource. */
  public boolean negated() {
    return negated;
  }

  /** As the policy has them. */
  public List<String> patterns() {
    return patterns.stream().map(pattern -> pattern.template().text()).toList();
  }

  List<Template> templates() {
    return patterns.stream().map(Pattern::template).toList();
  }

  boolean match(RequestContext request) {
    return listed(request) != negated;
  }

  private boolean listed(RequestContext request) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(request)) {
        return true;
      }
    }
    return false;
  }
}
