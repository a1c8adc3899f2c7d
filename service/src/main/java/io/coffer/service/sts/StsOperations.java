package io.coffer.service.sts;

import static io.coffer.model.sts.Operation.ASSUME_ROLE;
import static io.coffer.model.sts.Operation.ASSUME_ROLE_WITH_WEB_IDENTITY;
import static io.coffer.model.sts.Operation.GET_ACCESS_KEY_INFO;
import static io.coffer.model.sts.Operation.GET_CALLER_IDENTITY;
import static io.coffer.model.sts.Operation.GET_FEDERATION_TOKEN;
import static io.coffer.model.sts.Operation.GET_SESSION_TOKEN;

import io.coffer.model.QueryOperation;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import io.coffer.service.oidc.HttpDocuments;
import io.coffer.service.oidc.ProviderKeys;
import io.coffer.service.oidc.WebIdentities;
import java.util.HashMap;
import java.util.Map;

/** Which handler an operation of STS has; what is not here is not built and answers 501. */
public final class StsOperations {
  private StsOperations() {}

  public static Map<QueryOperation, Handler<?, ?>> of(Subjects s) {
    var table = new HashMap<QueryOperation, Handler<?, ?>>();
    table.put(GET_CALLER_IDENTITY, new GetCallerIdentity(s.access()));
    table.put(GET_ACCESS_KEY_INFO, new GetAccessKeyInfo(s.accounts()));
    addSessions(table, s);
    return Map.copyOf(table);
  }

  private static void addSessions(Map<QueryOperation, Handler<?, ?>> table, Subjects s) {
    var sessions = new IssuedSessions(s.tokens());
    var documents = new HttpDocuments(s.settings().outbound());
    var keys = new ProviderKeys(documents, s.environment().clock());
    var identities = new WebIdentities(s.entities(), keys);
    table.put(ASSUME_ROLE, new AssumeRole(s, sessions));
    table.put(
        ASSUME_ROLE_WITH_WEB_IDENTITY, new AssumeRoleWithWebIdentity(s, sessions, identities));
    table.put(GET_SESSION_TOKEN, new GetSessionToken(s.access(), sessions));
    table.put(GET_FEDERATION_TOKEN, new GetFederationToken(s.access(), s.entities(), sessions));
  }
}
