package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyStateTest {
  private final Content content = new Content(5);
  private final Payload small = Payload.of(content, new Slice(0, 10), 1);
  private final Payload large = Payload.of(content, new Slice(0, 20_000), 2);

  private static List<String> ids(KeyState state) {
    var ids = new ArrayList<String>();
    state.versions().forEach(version -> ids.add(String.valueOf(version.id())));
    return ids;
  }

  @Test
  void withoutVersioningThereIsOneObject() {
    var state = KeyState.EMPTY.put(Versioning.NEVER, null, small).put(Versioning.NEVER, "7", large);
    assertEquals(List.of("null"), ids(state));
    assertEquals(KeyState.EMPTY, state.delete(Versioning.NEVER, null));
  }

  @Test
  void whileVersioningIsSuspendedOneNullVersionIsKeptBesideTheOthers() {
    var state =
        KeyState.EMPTY
            .put(Versioning.SUSPENDED, null, small)
            .put(Versioning.ENABLED, "1", small)
            .put(Versioning.SUSPENDED, null, large);
    assertEquals(List.of("null", "1"), ids(state));
    var deleted = state.put(Versioning.ENABLED, "2", small).delete(Versioning.SUSPENDED, null);
    assertEquals(List.of("null", "2", "1"), ids(deleted));
    assertNull(deleted.live());
    assertNotNull(deleted.deleteVersion("null").live());
  }

  @Test
  void blobsAreThoseOfAllVersionsAndParts() {
    var state =
        KeyState.EMPTY
            .put(Versioning.ENABLED, "1", Payload.ofParts(content, List.of(large, small), 3))
            .put(Versioning.ENABLED, "2", small)
            .delete(Versioning.ENABLED, "3")
            .createUpload("u", 4)
            .putPart("u", 1, small)
            .putPart("u", 1, large);
    assertEquals(List.of(10L, 20_000L, 10L, 20_000L), lengths(state));
    assertEquals(List.of(10L, 20_000L, 10L), lengths(state.endUpload("u")));
    var copy = Payload.ofParts(content, List.of(large, small), 3).copy(content, 5);
    assertEquals(List.of(20_010L), lengths(KeyState.EMPTY.put(Versioning.NEVER, null, copy)));
  }

  private static List<Long> lengths(KeyState state) {
    return state.blobLengths().toList();
  }
}
