package io.coffer.service.explain;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.Match;
import io.coffer.model.QueryException;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.service.Context;
import io.coffer.service.S3Questions;
import io.coffer.service.S3Verdict;
import io.coffer.service.Subjects;
import io.coffer.service.iam.IamQuestions;
import io.coffer.service.sts.RoleQuestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whether somebody may do something, and why, as a request would be decided: the same code
 * decides, and is listened to. Thread-safe.
 */
public final class Explanations {
  private static final Pattern ACTION = Pattern.compile("([a-z0-9-]+):[A-Za-z0-9]+");
  private static final String REQUEST_ID = "explain";

  private final Subjects s;
  private final Askers askers;
  private final S3Questions s3;
  private final IamQuestions iam;
  private final RoleQuestions roles;

  public Explanations(Subjects s) {
    this.s = s;
    this.askers = new Askers(s);
    this.s3 = new S3Questions(s.authorization());
    this.iam = new IamQuestions(s.entities());
    this.roles = new RoleQuestions(s);
  }

  /**
   * Explains to the operator, who may know everything.
   *
   * @throws WrongQuestion no request is like that
   */
  public Explained explain(Question question) {
    return answer(question, null);
  }

  /**
   * Explains to somebody who asks about its own account: who and resource must be of it, and {@code
   * iam:SimulatePrincipalPolicy} be allowed on who.
   *
   * @throws WrongQuestion no request is like that
   * @throws S3Exception AccessDenied
   */
  public Explained explain(Question question, Context by) {
    if (!(by.caller() instanceof Caller.Known known)) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    var own = known.account().id();
    boolean isNobody = question.who().equals("anonymous");
    if (!isNobody && !askers.account(question.who()).filter(own::equals).isPresent()) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    var about = isNobody ? "*" : permitted(question.who());
    try {
      var values = by.circumstances().values();
      s.access().require(by, "iam:SimulatePrincipalPolicy", about, values);
    } catch (QueryException e) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    return answer(question, own);
  }

  /** What the permission is asked for: the user or role, whether it is there or not. */
  private String permitted(String who) {
    try {
      var entity = askers.find(who).entity();
      return entity == null ? "*" : entity;
    } catch (WrongQuestion e) {
      return who.startsWith("arn:") ? who : "*";
    }
  }

  /**
   * @param onlyOf the account of which the resource must be; null for any
   */
  private Explained answer(Question question, @Nullable String onlyOf) {
    var action = ACTION.matcher(question.action());
    if (!action.matches()) {
      throw new WrongQuestion(
          "'%s' is no action of a request: these are such as s3:GetObject, without wildcards."
              .formatted(question.action()));
    }
    var asker = askers.find(question.who());
    var given = new Given(question.conditions());
    var witness = new Witness(s.access(), given);
    var context = new Context(asker.caller(), REQUEST_ID);
    var service = action.group(1);
    try {
      return switch (service) {
        case "s3" -> ofS3(question, asker, given, witness, context, onlyOf);
        case "iam" -> ofIam(question, asker, witness, context);
        case "sts" -> ofSts(question, asker, witness, context, onlyOf);
        default ->
            throw new WrongQuestion(
                "There is no service '%s' here: actions are of s3, iam or sts.".formatted(service));
      };
    } catch (S3Exception e) {
      if (e.error() == S3Error.INVALID_ACCESS_KEY_ID) {
        throw new WrongQuestion("The user or role of " + asker.arn() + " is no more.");
      }
      throw e;
    }
  }

  private Explained ofS3(
      Question question,
      Asker asker,
      Given given,
      Witness witness,
      Context context,
      @Nullable String onlyOf) {
    var versions = given.get("s3:versionid");
    var version = versions.isEmpty() ? null : versions.getFirst();
    var asked = new S3Questions.Asked(question.action(), question.resource(), version, onlyOf);
    var verdict = s3.decide(witness, context, asked);
    var notes = new ArrayList<>(verdict.notes());
    if (question.resource().contains("*") && question.resource().length() > 1) {
      notes.add("the * in the resource stands for itself: a request is about one object");
    }
    return told(asker, witness, verdict, notes);
  }

  private Explained ofIam(Question question, Asker asker, Witness witness, Context context) {
    if (!(asker.caller() instanceof Caller.Known known)) {
      return Explained.without(false, asker.arn(), "Denied: IAM serves only those who sign.");
    }
    var decision =
        iam.decide(witness, context, known.account(), question.action(), question.resource());
    return told(asker, witness, verdict(decision), List.of());
  }

  private Explained ofSts(
      Question question, Asker asker, Witness witness, Context context, @Nullable String onlyOf) {
    if (!(asker.caller() instanceof Caller.Known known)) {
      return Explained.without(
          false, asker.arn(), "Denied: STS serves only those who sign, or have a token.");
    }
    switch (question.action().toLowerCase(Locale.ROOT)) {
      case "sts:getcalleridentity", "sts:getaccesskeyinfo", "sts:getsessiontoken" -> {
        return Explained.without(
            true, asker.arn(), "Allowed: %s needs no permission.".formatted(question.action()));
      }
      case "sts:assumerole", "sts:tagsession", "sts:setsourceidentity" -> {
        if (onlyOf != null && !question.resource().startsWith("arn:aws:iam::" + onlyOf + ":")) {
          throw S3Error.ACCESS_DENIED.exception();
        }
        if (!RoleQuestions.mayAssumeRoles(known)) {
          return Explained.without(
              false, asker.arn(), "Denied: root cannot assume roles; a user or role can.");
        }
        var decision = roles.decide(witness, context, question.action(), question.resource());
        return told(asker, witness, verdict(decision), List.of());
      }
      default ->
          throw new WrongQuestion(
              ("%s cannot be explained; of STS sts:AssumeRole, sts:TagSession and"
                      + " sts:SetSourceIdentity can, whose resource is a role.")
                  .formatted(question.action()));
    }
  }

  private static S3Verdict verdict(Optional<Decision> decision) {
    boolean allowed = decision.filter(Decision::allowed).isPresent();
    return new S3Verdict(allowed, null, List.of());
  }

  private static Explained told(
      Asker asker, Witness witness, S3Verdict verdict, List<String> notes) {
    var last = witness.last().orElse(null);
    if (last == null) {
      return Explained.without(
          verdict.allowed(), asker.arn(), "Denied: " + String.join("; ", notes) + ".");
    }
    var details = new ArrayList<String>();
    if (verdict.summary() == null) {
      details.addAll(last.details());
    }
    details.addAll(notes);
    if (asker.note() != null) {
      details.add(asker.note());
    }
    var by = verdict.summary() == null ? decisive(last.decision()) : null;
    return new Explained(
        verdict.allowed(),
        asker.arn(),
        verdict.summary() == null ? last.summary() : verdict.summary(),
        details,
        by == null ? null : by.policy(),
        by == null ? null : by.statement().title(),
        last.missingKeys());
  }

  private static @Nullable Match decisive(Decision decision) {
    return switch (decision) {
      case Decision.Allowed allowed -> allowed.by();
      case Decision.ExplicitlyDenied denied -> denied.by();
      case Decision.ImplicitlyDenied denied -> null;
    };
  }
}
