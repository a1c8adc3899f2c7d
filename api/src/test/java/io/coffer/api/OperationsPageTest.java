package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.s3.Operation;
import io.coffer.service.Environment;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OperationsPageTest {
  private static final Path PAGE = Path.of("../docs/operations.md");

  @Test
  void thePageInTheRepositoryIsCurrent() throws IOException {
    String page;
    try (var storage = MemoryStorage.create();
        var service =
            new Service(storage, Environment.system(), new ServiceSettings("us-east-1"))) {
      page = OperationsPage.render(service::supports);
    }
    if (Boolean.getBoolean("coffer.update.docs")) {
      Files.writeString(PAGE, page);
    }
    var current = Files.exists(PAGE) && Files.readString(PAGE).equals(page);
    assertTrue(
        current,
        "docs/operations.md is stale; refresh it with: ./mvnw -q -pl api -am test"
            + " -Dtest=OperationsPageTest -Dsurefire.failIfNoSpecifiedTests=false"
            + " -Dcoffer.update.docs=true");
  }

  @Test
  void everyOperationHasItsLine() {
    var page = OperationsPage.render(Operation.GET_OBJECT::equals);
    for (var operation : Operation.values()) {
      assertTrue(page.contains("| " + operation.modelName() + " | `"), operation::modelName);
    }
    assertTrue(page.contains("| GetObject | `GET /bucket/key` | works |"));
    assertTrue(page.contains("| PutObject | `PUT /bucket/key` | 501 |"));
    assertTrue(page.contains("`PUT /bucket/key?partNumber&uploadId + x-amz-copy-source`"));
  }
}
