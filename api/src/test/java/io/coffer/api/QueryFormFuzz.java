package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.fuzz.Refusals;
import io.coffer.model.QueryException;
import io.coffer.model.QueryOperation;
import io.coffer.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A form of IAM or STS, bound as the operation that it names. */
public final class QueryFormFuzz {
  private static final List<QueryOperation> OPERATIONS = operations();

  private QueryFormFuzz() {}

  private static List<QueryOperation> operations() {
    var operations = new ArrayList<QueryOperation>();
    operations.addAll(List.of(io.coffer.model.iam.Operation.values()));
    operations.addAll(List.of(io.coffer.model.sts.Operation.values()));
    return List.copyOf(operations);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      var form = QueryForm.parse("", input);
      for (var operation : OPERATIONS) {
        if (operation.modelName().equals(form.value("Action"))) {
          bind(operation.input(), form, input.length);
        }
      }
    } catch (QueryException e) {
      Refusals.check(e, input.length);
    }
  }

  private static <R> void bind(Shape<R> shape, QueryForm form, int length) {
    R record;
    try {
      record = QueryBinder.bind(shape, form);
    } catch (QueryException e) {
      Refusals.check(e, length);
      return;
    }
    // the first writing loses items of lists in which nothing is
    var written = rewritten(shape, record, length);
    assertEquals(written, rewritten(shape, written, length));
  }

  private static <R> R rewritten(Shape<R> shape, R record, int seed) {
    var form = new FormWriter(new Random(seed)).write(shape, record);
    return QueryBinder.bind(shape, QueryForm.parse("", form.getBytes(StandardCharsets.UTF_8)));
  }
}
