package io.coffer.auth.policy;

import org.jspecify.annotations.Nullable;

/**
 * What the policies of one layer say of a request.
 *
 * @param deny the first statement that denies it; then nothing else was looked at
 * @param allow the statement that allows it and names the caller most directly
 * @param grant how directly
 */
record Search(@Nullable Match deny, @Nullable Match allow, Grant grant) {
  private static final Search NOTHING = new Search(null, null, Grant.NONE);

  static Search of(RequestContext request, PolicySet set, Layer layer) {
    var policies = set.of(layer);
    NamedPolicy from = null;
    Statement allow = null;
    var grant = Grant.NONE;
    for (int p = 0; p < policies.size(); p++) {
      var statements = policies.get(p).policy().statements();
      for (int s = 0; s < statements.size(); s++) {
        var statement = statements.get(s);
        boolean allows = statement.effect() == Effect.ALLOW;
        if (allows && grant == Grant.SELF) {
          continue;
        }
        var applies = statement.applies(request);
        if (applies == Grant.NONE) {
          continue;
        }
        if (!allows) {
          return new Search(match(layer, policies.get(p), statement), null, Grant.NONE);
        }
        if (applies.compareTo(grant) > 0) {
          grant = applies;
          allow = statement;
          from = policies.get(p);
        }
      }
    }
    return allow == null || from == null
        ? NOTHING
        : new Search(null, match(layer, from, allow), grant);
  }

  private static Match match(Layer layer, NamedPolicy policy, Statement statement) {
    return new Match(layer, policy.name(), statement);
  }
}
