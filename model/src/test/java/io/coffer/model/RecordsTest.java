package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.s3.AccessControlPolicy;
import io.coffer.model.s3.DeleteMarkerReplication;
import io.coffer.model.s3.GetObjectOutput;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.Grantee;
import io.coffer.model.s3.InventoryConfiguration;
import io.coffer.model.s3.ListObjectsV2Output;
import io.coffer.model.s3.ObjectIdentifier;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.model.s3.SessionCredentials;
import io.coffer.model.s3.StorageClass;
import io.coffer.model.s3.Tag;
import org.junit.jupiter.api.Test;

/** Single traits of the service model, where each is known from AWS's documentation. */
class RecordsTest {
  private static <R> Member<R, ?> member(Shape<R> shape, String name) {
    return shape.members().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aTagKeepsItsValue() {
    var tag = Tag.builder().key("colour").value("red").build();
    assertEquals("red", tag.value());
    assertEquals("blue", tag.toBuilder().value("blue").build().value());
  }

  @Test
  void aRequestWithoutItsBucketCannotBeBuilt() {
    var builder = GetObjectRequest.builder().key("k");
    assertThrows(NullPointerException.class, builder::build);
  }

  @Test
  void customerKeysAndSessionSecretsAreNotPrinted() {
    var request =
        PutObjectRequest.builder().bucket("b").key("k").sseCustomerKey("hush").build().toString();
    assertFalse(request.contains("hush"), request);
    assertTrue(request.contains("bucket=b") && request.contains("sseCustomerKey=***"), request);
    var session = SessionCredentials.builder().secretAccessKey("hush").build().toString();
    assertFalse(session.contains("hush"), session);
    assertTrue(session.contains("sessionToken=null"), session);
  }

  @Test
  void theTypeOfAGranteeIsAnAttribute() {
    var type = member(Grantee.SHAPE, "Type");
    assertEquals(Location.ATTRIBUTE, type.location());
    assertEquals("xsi:type", type.wireName());
  }

  @Test
  void listsAreFlattenedOrNameTheirItems() {
    var contents = member(ListObjectsV2Output.SHAPE, "Contents");
    assertEquals("Contents", contents.wireName());
    assertTrue(assertInstanceOf(Type.ListOf.class, contents.type()).flattened());
    var grants = member(AccessControlPolicy.SHAPE, "Grants");
    var list = assertInstanceOf(Type.ListOf.class, grants.type());
    assertEquals("AccessControlList", grants.wireName());
    assertEquals("Grant", list.itemName());
    assertFalse(list.flattened());
    var fields = member(InventoryConfiguration.SHAPE, "OptionalFields");
    assertEquals("Field", assertInstanceOf(Type.ListOf.class, fields.type()).itemName());
  }

  @Test
  void datesAreWrittenAsTheirPlaceOrTheModelWants() {
    assertEquals(
        new Type.Timestamp(TimestampFormat.HTTP_DATE),
        member(GetObjectOutput.SHAPE, "LastModified").type());
    assertEquals(
        new Type.Timestamp(TimestampFormat.ISO_8601),
        member(GetObjectOutput.SHAPE, "ObjectLockRetainUntilDate").type());
    assertEquals(
        new Type.Timestamp(TimestampFormat.HTTP_DATE),
        member(ObjectIdentifier.SHAPE, "LastModifiedTime").type());
  }

  @Test
  void expiresIsTextAndABodyIsAStream() {
    assertEquals(new Type.Text(), member(PutObjectRequest.SHAPE, "Expires").type());
    assertEquals(new Type.Text(), member(GetObjectRequest.SHAPE, "ResponseExpires").type());
    assertEquals(new Type.Stream(), member(PutObjectRequest.SHAPE, "Body").type());
    assertEquals(Location.PAYLOAD, member(PutObjectRequest.SHAPE, "Body").location());
  }

  @Test
  void aWordOfTheWireIsAConstantAndBack() {
    assertEquals(StorageClass.STANDARD_IA, StorageClass.of("STANDARD_IA"));
    assertEquals("STANDARD_IA", StorageClass.STANDARD_IA.wire());
    assertEquals(null, StorageClass.of("standard_ia"));
    assertEquals("Status", member(DeleteMarkerReplication.SHAPE, "Status").wireName());
  }
}
