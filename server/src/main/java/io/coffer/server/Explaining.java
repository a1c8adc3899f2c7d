package io.coffer.server;

import static io.coffer.model.S3Error.INVALID_ARGUMENT;

import io.coffer.api.ExplainPage;
import io.coffer.service.Context;
import io.coffer.service.Service;
import io.coffer.service.explain.Explained;
import io.coffer.service.explain.Explanations;
import io.coffer.service.explain.Question;
import io.coffer.service.explain.WrongQuestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Explains in JSON why somebody may do something, or not: to the {@code coffer} command, and to
 * requests. Thread-safe.
 */
final class Explaining implements ExplainPage {
  static final String ORDER = "explain";

  static final String WHO = "who";
  static final String ACTION = "action";
  static final String RESOURCE = "resource";
  static final String CONDITIONS = "conditions";
  static final String ALLOWED = "allowed";
  static final String TEXT = "text";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Explanations explanations;

  Explaining(Service service) {
    this.explanations = service.explanations();
  }

  /**
   * The order of that name.
   *
   * @throws UsageException the question is wrong
   */
  JsonNode tell(JsonNode order) {
    try {
      var explained = explanations.explain(question(order));
      return json(explained).put(TEXT, explained.text());
    } catch (WrongQuestion e) {
      throw UsageException.wrong(e.getMessage());
    }
  }

  @Override
  public byte[] answer(byte[] question, Context context) {
    try {
      var read = question(JSON.readTree(question));
      return JSON.writeValueAsBytes(json(explanations.explain(read, context)));
    } catch (JacksonException e) {
      throw INVALID_ARGUMENT.exception("The question is no JSON: " + e.getOriginalMessage());
    } catch (WrongQuestion e) {
      throw INVALID_ARGUMENT.exception(e.getMessage());
    }
  }

  private static Question question(JsonNode json) {
    return new Question(
        text(json, WHO), text(json, ACTION), text(json, RESOURCE), conditions(json));
  }

  private static String text(JsonNode json, String field) {
    var value = json.path(field);
    if (!value.isString() || value.asString().isEmpty()) {
      throw new WrongQuestion(
          ("The question needs the text '%s'; it is an object with who, action, resource, and"
                  + " conditions if there are any.")
              .formatted(field));
    }
    return value.asString();
  }

  private static Map<String, List<String>> conditions(JsonNode json) {
    var given = json.path(CONDITIONS);
    if (!given.isMissingNode() && !given.isObject()) {
      throw new WrongQuestion("The field conditions is an object: condition keys and values.");
    }
    var conditions = new HashMap<String, List<String>>();
    for (var field : given.properties()) {
      var values = new ArrayList<String>();
      var value = field.getValue();
      for (var each : value.isArray() ? value.valueStream().toList() : List.of(value)) {
        if (!each.isString()) {
          throw new WrongQuestion(
              "The values of the condition key %s are texts, one or an array of them."
                  .formatted(field.getKey()));
        }
        values.add(each.asString());
      }
      conditions.put(field.getKey(), values);
    }
    return conditions;
  }

  private static ObjectNode json(Explained explained) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put(ALLOWED, explained.allowed())
            .put(WHO, explained.who())
            .put("summary", explained.summary());
    var details = json.putArray("details");
    explained.details().forEach(details::add);
    json.put("policy", explained.policy()).put("statement", explained.statement());
    var missing = json.putArray("missingConditionKeys");
    explained.missingKeys().forEach(missing::add);
    return json;
  }
}
