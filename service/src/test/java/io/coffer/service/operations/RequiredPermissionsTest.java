package io.coffer.service.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.model.Body;
import io.coffer.model.Location;
import io.coffer.model.Member;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import io.coffer.model.s3.CompletedMultipartUpload;
import io.coffer.model.s3.CompletedPart;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PublicAccessBlockConfiguration;
import io.coffer.model.s3.Tag;
import io.coffer.model.s3.Tagging;
import io.coffer.model.s3.VersioningConfiguration;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import io.coffer.service.TestSubjects;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each operation asks for, as a table: with all of it the operation is not denied, and without
 * any one of it it is. Source: S3 User Guide, "Required permissions for Amazon S3 API operations".
 */
class RequiredPermissionsTest {
  private static final Account OWNER =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");

  /** Operation, members that matter, and the actions with the resources that they are of. */
  static List<String> table() {
    return """
        ListBuckets || s3:ListAllMyBuckets *
        CreateBucket | Bucket=new | s3:CreateBucket new
        CreateBucket | Bucket=new ObjectOwnership=ObjectWriter \
        | s3:CreateBucket new, s3:PutBucketOwnershipControls new
        CreateBucket | Bucket=new ACL=private | s3:CreateBucket new, s3:PutBucketAcl new
        HeadBucket | Bucket=bkt | s3:ListBucket bkt
        DeleteBucket | Bucket=bkt | s3:DeleteBucket bkt
        GetBucketLocation | Bucket=bkt | s3:GetBucketLocation bkt
        GetBucketVersioning | Bucket=bkt | s3:GetBucketVersioning bkt
        PutBucketVersioning | Bucket=bkt | s3:PutBucketVersioning bkt
        GetBucketTagging | Bucket=bkt | s3:GetBucketTagging bkt
        PutBucketTagging | Bucket=bkt | s3:PutBucketTagging bkt
        DeleteBucketTagging | Bucket=bkt | s3:PutBucketTagging bkt
        GetBucketAcl | Bucket=bkt | s3:GetBucketAcl bkt
        PutBucketAcl | Bucket=bkt | s3:PutBucketAcl bkt
        GetBucketOwnershipControls | Bucket=bkt | s3:GetBucketOwnershipControls bkt
        PutBucketOwnershipControls | Bucket=bkt | s3:PutBucketOwnershipControls bkt
        DeleteBucketOwnershipControls | Bucket=bkt | s3:PutBucketOwnershipControls bkt
        GetBucketPolicy | Bucket=bkt | s3:GetBucketPolicy bkt
        PutBucketPolicy | Bucket=bkt | s3:PutBucketPolicy bkt
        DeleteBucketPolicy | Bucket=bkt | s3:DeleteBucketPolicy bkt
        GetBucketPolicyStatus | Bucket=bkt | s3:GetBucketPolicyStatus bkt
        GetPublicAccessBlock | Bucket=bkt | s3:GetBucketPublicAccessBlock bkt
        PutPublicAccessBlock | Bucket=bkt | s3:PutBucketPublicAccessBlock bkt
        DeletePublicAccessBlock | Bucket=bkt | s3:PutBucketPublicAccessBlock bkt
        ListObjects | Bucket=bkt | s3:ListBucket bkt
        ListObjectsV2 | Bucket=bkt | s3:ListBucket bkt
        ListObjectVersions | Bucket=bkt | s3:ListBucketVersions bkt
        ListMultipartUploads | Bucket=bkt | s3:ListBucketMultipartUploads bkt
        GetObject | Bucket=bkt Key=k | s3:GetObject bkt/k
        GetObject | Bucket=bkt Key=k VersionId=null | s3:GetObjectVersion bkt/k
        HeadObject | Bucket=bkt Key=k | s3:GetObject bkt/k
        HeadObject | Bucket=bkt Key=k VersionId=null | s3:GetObjectVersion bkt/k
        GetObjectAttributes | Bucket=bkt Key=k | s3:GetObject bkt/k, s3:GetObjectAttributes bkt/k
        GetObjectAttributes | Bucket=bkt Key=k VersionId=null \
        | s3:GetObjectVersion bkt/k, s3:GetObjectVersionAttributes bkt/k
        GetObjectAcl | Bucket=bkt Key=k | s3:GetObjectAcl bkt/k
        GetObjectAcl | Bucket=bkt Key=k VersionId=null | s3:GetObjectVersionAcl bkt/k
        PutObjectAcl | Bucket=bkt Key=k | s3:PutObjectAcl bkt/k
        PutObjectAcl | Bucket=bkt Key=k VersionId=null | s3:PutObjectVersionAcl bkt/k
        GetObjectTagging | Bucket=bkt Key=k | s3:GetObjectTagging bkt/k
        GetObjectTagging | Bucket=bkt Key=k VersionId=null | s3:GetObjectVersionTagging bkt/k
        PutObjectTagging | Bucket=bkt Key=k | s3:PutObjectTagging bkt/k
        PutObjectTagging | Bucket=bkt Key=k VersionId=null | s3:PutObjectVersionTagging bkt/k
        DeleteObjectTagging | Bucket=bkt Key=k | s3:DeleteObjectTagging bkt/k
        DeleteObjectTagging | Bucket=bkt Key=k VersionId=null | s3:DeleteObjectVersionTagging bkt/k
        PutObject | Bucket=bkt Key=n | s3:PutObject bkt/n
        PutObject | Bucket=bkt Key=n Tagging=a=1 | s3:PutObject bkt/n, s3:PutObjectTagging bkt/n
        PutObject | Bucket=bkt Key=k IfMatch=x | s3:PutObject bkt/k, s3:GetObject bkt/k
        PutObject | Bucket=bkt Key=k IfNoneMatch=* | s3:PutObject bkt/k
        DeleteObject | Bucket=bkt Key=k | s3:DeleteObject bkt/k
        DeleteObject | Bucket=bkt Key=k VersionId=null | s3:DeleteObjectVersion bkt/k
        DeleteObject | Bucket=bkt Key=k IfMatch=x | s3:DeleteObject bkt/k, s3:GetObject bkt/k
        CopyObject | Bucket=bkt Key=n CopySource=src/plain | s3:PutObject bkt/n, s3:GetObject src/plain
        CopyObject | Bucket=bkt Key=n CopySource=src/plain?versionId=null \
        | s3:PutObject bkt/n, s3:GetObjectVersion src/plain
        CopyObject | Bucket=bkt Key=n CopySource=src/tagged | s3:PutObject bkt/n, \
        s3:GetObject src/tagged, s3:GetObjectTagging src/tagged, s3:PutObjectTagging bkt/n
        CopyObject | Bucket=bkt Key=n CopySource=src/tagged TaggingDirective=REPLACE \
        | s3:PutObject bkt/n, s3:GetObject src/tagged
        CopyObject | Bucket=bkt Key=n CopySource=src/plain TaggingDirective=REPLACE Tagging=a=1 \
        | s3:PutObject bkt/n, s3:GetObject src/plain, s3:PutObjectTagging bkt/n
        CreateMultipartUpload | Bucket=bkt Key=n | s3:PutObject bkt/n
        CreateMultipartUpload | Bucket=bkt Key=n Tagging=a=1 \
        | s3:PutObject bkt/n, s3:PutObjectTagging bkt/n
        UploadPart | Bucket=bkt Key=n PartNumber=1 UploadId=none | s3:PutObject bkt/n
        CompleteMultipartUpload | Bucket=bkt Key=n UploadId=none | s3:PutObject bkt/n
        AbortMultipartUpload | Bucket=bkt Key=n UploadId=none | s3:AbortMultipartUpload bkt/n
        ListParts | Bucket=bkt Key=n UploadId=none | s3:ListMultipartUploadParts bkt/n
        """
        .lines()
        .toList();
  }

  private final Subjects subjects = TestSubjects.over(MemoryStorage.create());
  private final Map<Operation, Handler<?, ?>> handlers = Operations.of(subjects);
  private final Caller root = new Caller.Root(OWNER, "KEY");

  RequiredPermissionsTest() {
    subjects.accounts().declare(OWNER, List.of());
    call("CreateBucket", "Bucket=bkt", root);
    call("CreateBucket", "Bucket=src", root);
    call("PutObject", "Bucket=bkt Key=k", root);
    call("PutObject", "Bucket=src Key=plain", root);
    call("PutObject", "Bucket=src Key=tagged Tagging=a=1", root);
  }

  @ParameterizedTest
  @MethodSource("table")
  void anOperationNeedsAllOfItsActionsAndNoOther(String row) {
    var columns = row.split("\\|", 3);
    var name = columns[0].strip();
    var members = columns[1].strip();
    var needed = List.of(columns[2].strip().split("\\s*,\\s*"));
    for (var without : needed) {
      var rest = new ArrayList<>(needed);
      rest.remove(without);
      assertEquals(S3Error.ACCESS_DENIED, call(name, members, may(rest)), "without " + without);
    }
    assertNotEquals(S3Error.ACCESS_DENIED, call(name, members, may(needed)), "with " + needed);
  }

  @Test
  void theTableHasEveryOperationThatIsBuilt() {
    Set<String> listed = new TreeSet<>();
    table().forEach(row -> listed.add(row.split("\\|")[0].strip()));
    for (var operation : handlers.keySet()) {
      // each has several resources, and a test of its own
      if (operation != Operation.DELETE_OBJECTS && operation != Operation.UPLOAD_PART_COPY) {
        assertTrue(listed.contains(operation.modelName()), operation.modelName());
      }
    }
  }

  /** Root with a session that may do no more than these: an action and a resource each. */
  private static Caller may(List<String> actions) {
    var statements = new ArrayList<String>();
    statements.add("{\"Effect\":\"Allow\",\"Action\":\"iam:GetUser\",\"Resource\":\"*\"}");
    for (var each : actions) {
      var words = each.split(" ");
      var resource = words[1].equals("*") ? "*" : "arn:aws:s3:::" + words[1];
      statements.add(
          "{\"Effect\":\"Allow\",\"Action\":\"%s\",\"Resource\":\"%s\"}"
              .formatted(words[0], resource));
    }
    var policy =
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    return new Caller.InSession(
        new Session(
            "ASIA",
            OWNER,
            new Session.OfRoot(),
            Instant.EPOCH,
            Instant.MAX,
            List.of(policy),
            List.of(),
            Map.of(),
            Set.of(),
            null,
            null));
  }

  /** The error, or null when it succeeds. */
  private @Nullable S3Error call(String name, String members, Caller caller) {
    for (var operation : Operation.values()) {
      if (operation.modelName().equals(name)) {
        var request = request(operation.input(), members);
        try {
          call(handlers.get(operation), request, new Context(caller, "request"));
          return null;
        } catch (S3Exception e) {
          return e.error();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    throw new IllegalArgumentException(name);
  }

  @SuppressWarnings("unchecked") // the table of operations pairs each with a handler of its shapes
  private static <I> void call(@Nullable Handler<I, ?> handler, Object request, Context context)
      throws IOException {
    if (handler == null) {
      throw new IllegalArgumentException("not built");
    }
    handler.handle((I) request, context);
  }

  private static <R> R request(Shape<R> shape, String members) {
    var builder = shape.builder().get();
    for (var member : shape.members()) {
      Object value = document(member.name());
      for (var pair : members.isEmpty() ? new String[0] : members.split(" ")) {
        int equals = pair.indexOf('=');
        if (pair.substring(0, equals).equals(member.name())) {
          value = value(member.type(), pair.substring(equals + 1));
        }
      }
      if (value != null && (member.location() != Location.HEADER || value instanceof String)) {
        set(member, builder, value);
      } else if (value != null && member.type() instanceof Type.Enumeration<?>) {
        set(member, builder, value);
      }
    }
    return builder.build();
  }

  @SuppressWarnings("unchecked") // a value is made for the type of the member
  private static <R, V> void set(
      Member<R, V> member, io.coffer.model.Builder<R> builder, Object value) {
    member.set().accept(builder, (V) value);
  }

  private static Object value(Type<?> type, String text) {
    return switch (type) {
      case Type.Int32 number -> Integer.valueOf(text);
      case Type.Enumeration<?> words -> words.parse().apply(text);
      default -> text;
    };
  }

  /** Members that a request must have to be complete, whoever sends it. */
  private static @Nullable Object document(String member) {
    return switch (member) {
      case "VersioningConfiguration" -> VersioningConfiguration.builder().build();
      case "PublicAccessBlockConfiguration" -> PublicAccessBlockConfiguration.builder().build();
      case "MultipartUpload" ->
          CompletedMultipartUpload.builder()
              .parts(List.of(CompletedPart.builder().partNumber(1).eTag("x").build()))
              .build();
      case "Body" -> Body.empty();
      case "Tagging" ->
          Tagging.builder().tagSet(List.of(Tag.builder().key("a").value("1").build())).build();
      default -> null;
    };
  }
}
