package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AllowedStatesTest {
  private final Content content = new Content(5);
  private final Payload first = Payload.of(content, new Slice(0, 1000), 1);
  private final Payload second = Payload.of(content, new Slice(70, 20_000), 2);
  private final AllowedStates states = new AllowedStates();

  private static FoundKey.Version version(String id, Payload payload) {
    return new FoundKey.Version(id, payload.fingerprint());
  }

  private static FoundKey found(FoundKey.Version... versions) {
    return new FoundKey(List.of(versions), List.of());
  }

  private static KeyState plain(Payload payload) {
    return KeyState.EMPTY.put(Versioning.NEVER, null, payload);
  }

  private KeyState acknowledged(KeyState state) {
    states.begin(state);
    states.acknowledge(state);
    return state;
  }

  @Test
  void whatWasAcknowledgedIsExpected() {
    acknowledged(plain(first));
    assertNull(states.settle(found(version("null", first))));
  }

  @Test
  void aLostObjectIsReported() {
    acknowledged(plain(first));
    var loss = states.settle(FoundKey.NOTHING);
    assertNotNull(loss);
    assertTrue(loss.contains(first.fingerprint().sha256()) && loss.contains("nothing"), loss);
  }

  @Test
  void aTornObjectIsReported() {
    acknowledged(plain(first));
    var half = Payload.of(content, new Slice(0, 500), 1).fingerprint();
    var torn =
        new Fingerprint(1000, half.sha256(), first.fingerprint().eTag(), first.fingerprint().tag());
    assertNotNull(states.settle(found(new FoundKey.Version("null", torn))));
  }

  @Test
  void aShortenedObjectIsReported() {
    acknowledged(plain(first));
    var whole = first.fingerprint();
    var cut = new Fingerprint(999, whole.sha256(), whole.eTag(), whole.tag());
    assertNotNull(states.settle(found(new FoundKey.Version("null", cut))));
  }

  @Test
  void anObjectThatCannotBeReadIsReported() {
    acknowledged(plain(first));
    var head = ResponseHead.parse("HTTP/1.1 500 \r\n");
    var unreadable = new Answer(head, 5, "", "<Error>").fingerprint();
    assertNotNull(states.settle(found(new FoundKey.Version("null", unreadable))));
  }

  @Test
  void aResurrectedObjectIsReported() {
    acknowledged(plain(first));
    acknowledged(states.only().delete(Versioning.NEVER, null));
    assertNotNull(states.settle(found(version("null", first))));
  }

  @Test
  void anOlderObjectOfTheSameBytesIsReported() {
    acknowledged(plain(Payload.of(content, new Slice(0, 0), 1)));
    acknowledged(plain(Payload.of(content, new Slice(9, 0), 2)));
    var older = Payload.of(content, new Slice(0, 0), 1);
    assertNotNull(states.settle(found(version("null", older))));
  }

  @Test
  void anUnacknowledgedOverwriteHappenedOrNot() {
    acknowledged(plain(first));
    states.begin(plain(second));
    assertNull(states.settle(found(version("null", second))));
    assertEquals(plain(second), states.only());

    states.begin(plain(first));
    assertNull(states.settle(found(version("null", second))));
    assertEquals(plain(second), states.only());
  }

  @Test
  void anUnacknowledgedOverwriteMayNotLoseBoth() {
    acknowledged(plain(first));
    states.begin(plain(second));
    assertNotNull(states.settle(FoundKey.NOTHING));
  }

  @Test
  void onceSeenItMayNotGoBack() {
    acknowledged(plain(first));
    states.begin(plain(second));
    assertNull(states.settle(found(version("null", second))));
    assertNotNull(states.settle(found(version("null", first))));
  }

  @Test
  void twoRequestsAreNotOpenAtOnce() {
    states.begin(plain(first));
    assertThrows(IllegalStateException.class, () -> states.begin(plain(second)));
    assertThrows(IllegalStateException.class, states::only);
  }

  @Test
  void theOrderOfVersionsIsHeld() {
    acknowledged(
        KeyState.EMPTY
            .put(Versioning.ENABLED, "1", first)
            .put(Versioning.ENABLED, "2", second)
            .put(Versioning.ENABLED, "3", first));
    assertNotNull(
        states.settle(found(version("3", first), version("1", first), version("2", second))));
    assertNull(
        states.settle(found(version("3", first), version("2", second), version("1", first))));
  }

  @Test
  void aLostVersionIsReported() {
    acknowledged(
        KeyState.EMPTY.put(Versioning.ENABLED, "1", first).put(Versioning.ENABLED, "2", second));
    assertNotNull(states.settle(found(version("2", second))));
  }

  @Test
  void aLostDeleteMarkerIsReported() {
    acknowledged(
        KeyState.EMPTY.put(Versioning.ENABLED, "1", first).delete(Versioning.ENABLED, "2"));
    assertNotNull(states.settle(found(version("1", first))));
  }

  @Test
  void aDeleteMarkerThatIsNotTheNewestAnyMoreIsReported() {
    acknowledged(
        KeyState.EMPTY.put(Versioning.ENABLED, "1", first).delete(Versioning.ENABLED, "2"));
    var marker = new FoundKey.Version("2", null);
    assertNotNull(states.settle(found(version("1", first), marker)));
    assertNull(states.settle(found(marker, version("1", first))));
  }

  @Test
  void theIdOfAnUnacknowledgedVersionIsLearnt() {
    acknowledged(KeyState.EMPTY.put(Versioning.ENABLED, "1", first));
    states.begin(states.only().put(Versioning.ENABLED, null, second));
    assertNull(states.settle(found(version("7", second), version("1", first))));
    assertNull(states.settle(found(version("7", second), version("1", first))));
    assertNotNull(states.settle(found(version("8", second), version("1", first))));
  }

  @Test
  void anAcknowledgedVersionKeepsItsId() {
    acknowledged(KeyState.EMPTY.put(Versioning.ENABLED, "1", first));
    assertNotNull(states.settle(found(version("2", first))));
  }

  private static SortedMap<Integer, FoundKey.Part> parts(Payload... payloads) {
    var parts = new TreeMap<Integer, FoundKey.Part>();
    for (var payload : payloads) {
      var part = new FoundKey.Part(payload.length(), payload.fingerprint().eTag());
      parts.put(parts.size() + 1, part);
    }
    return parts;
  }

  private static FoundKey upload(String id, Payload... payloads) {
    return new FoundKey(List.of(), List.of(new FoundKey.Upload(id, parts(payloads))));
  }

  @Test
  void aLostUploadOrPartIsReported() {
    acknowledged(KeyState.EMPTY.createUpload("u", 3).putPart("u", 1, first));
    assertNotNull(states.settle(FoundKey.NOTHING));
    assertNotNull(states.settle(upload("u")));
    assertNotNull(states.settle(upload("u", second)));
    assertNull(states.settle(upload("u", first)));
  }

  @Test
  void anAbortedUploadIsGone() {
    acknowledged(KeyState.EMPTY.createUpload("u", 3).putPart("u", 1, first).endUpload("u"));
    assertNotNull(states.settle(upload("u", first)));
    assertNull(states.settle(FoundKey.NOTHING));
  }

  @Test
  void anUnacknowledgedUploadHasAnyId() {
    acknowledged(KeyState.EMPTY.createUpload("u", 3));
    states.begin(states.only().createUpload(null, 4));
    var both = List.of(new FoundKey.Upload("a", parts()), new FoundKey.Upload("u", parts()));
    assertNull(states.settle(new FoundKey(List.of(), both)));
    assertNotNull(states.settle(upload("u")));
  }

  @Test
  void completionIsOneStep() {
    var uploading = KeyState.EMPTY.createUpload("u", 3).putPart("u", 1, first);
    acknowledged(uploading);
    var object = Payload.ofParts(content, List.of(first), 3);
    states.begin(uploading.endUpload("u").put(Versioning.NEVER, null, object));
    var objectAndUpload =
        new FoundKey(
            List.of(version("null", object)), List.of(new FoundKey.Upload("u", parts(first))));
    assertNotNull(states.settle(objectAndUpload));
    assertNotNull(states.settle(FoundKey.NOTHING));
    assertNull(states.settle(found(version("null", object))));
  }
}
