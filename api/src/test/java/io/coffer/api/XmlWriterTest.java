package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.s3.AccessControlPolicy;
import io.coffer.model.s3.Bucket;
import io.coffer.model.s3.GetBucketLocationOutput;
import io.coffer.model.s3.Grant;
import io.coffer.model.s3.Grantee;
import io.coffer.model.s3.ListBucketsOutput;
import io.coffer.model.s3.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmlWriterTest {
  private static final String NAMESPACE = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

  private static <R> String write(io.coffer.model.Shape<R> shape, R record) {
    var bytes = XmlWriter.write(XmlText.fragment(), shape, shape.rootName(), record).bytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void listsHaveTheirWrapperAndTimesTheirMilliseconds() {
    var bucket =
        Bucket.builder().name("b").creationDate(Instant.parse("2026-01-31T12:00:00Z")).build();
    assertEquals(
        "<ListAllMyBucketsResult "
            + NAMESPACE
            + "><Buckets><Bucket><Name>b</Name>"
            + "<CreationDate>2026-01-31T12:00:00.000Z</CreationDate></Bucket></Buckets>"
            + "</ListAllMyBucketsResult>",
        write(
            ListBucketsOutput.SHAPE, ListBucketsOutput.builder().buckets(List.of(bucket)).build()));
  }

  @Test
  void theLocationIsTheTextOfTheRoot() {
    assertEquals(
        "<LocationConstraint " + NAMESPACE + ">eu-west-1</LocationConstraint>",
        write(
            GetBucketLocationOutput.SHAPE,
            GetBucketLocationOutput.builder().locationConstraint("eu-west-1").build()));
    assertEquals(
        "<LocationConstraint " + NAMESPACE + "></LocationConstraint>",
        write(GetBucketLocationOutput.SHAPE, GetBucketLocationOutput.builder().build()));
  }

  @Test
  void aGranteeSaysItsTypeInAnAttribute() {
    var grantee = Grantee.builder().type(Type.CANONICAL_USER).id("x").build();
    var policy =
        AccessControlPolicy.builder()
            .grants(List.of(Grant.builder().grantee(grantee).build()))
            .build();
    assertEquals(
        "<AccessControlPolicy "
            + NAMESPACE
            + "><AccessControlList><Grant><Grantee"
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
            + " xsi:type=\"CanonicalUser\"><ID>x</ID></Grantee></Grant></AccessControlList>"
            + "</AccessControlPolicy>",
        write(AccessControlPolicy.SHAPE, policy));
  }

  @Test
  void whatXmlCannotSayAsItIsBecomesAReference() {
    var text =
        new String(
            XmlText.fragment().text("<\u0001&\r\n>\"\uD800x😀").bytes(), StandardCharsets.UTF_8);
    assertEquals("&lt;&#1;&amp;&#13;\n&gt;&quot;\uFFFDx😀", text);
  }
}
