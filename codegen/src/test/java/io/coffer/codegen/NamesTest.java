package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "ACL, acl",
    "ETag, eTag",
    "ContentMD5, contentMD5",
    "ChecksumCRC32, checksumCRC32",
    "SSECustomerKeyMD5, sseCustomerKeyMD5",
    "SSEKMSKeyId, ssekmsKeyId",
    "VersionId, versionId",
    "ID, id",
    "MFA, mfa",
    "MFADelete, mfaDelete",
    "URI, uri",
    "AllowedMethods, allowedMethods"
  })
  void aComponentHasItsLeadingCapitalsInLowerCase(String member, String component) {
    assertEquals(component, Names.component(member));
  }

  @ParameterizedTest
  @CsvSource({"Default, default_", "Import, import_", "Null, null_", "Builder, builder_"})
  void aComponentThatJavaOrTheRecordUsesGetsAnUnderscore(String member, String component) {
    assertEquals(component, Names.component(member));
  }

  @ParameterizedTest
  @CsvSource({
    "PutObject, PUT_OBJECT",
    "ListObjectsV2, LIST_OBJECTS_V2",
    "GetBucketCors, GET_BUCKET_CORS",
    "CreateMultipartUpload, CREATE_MULTIPART_UPLOAD",
    "GetPublicAccessBlock, GET_PUBLIC_ACCESS_BLOCK"
  })
  void anOperationIsAConstantOfItsWords(String name, String constant) {
    assertEquals(constant, Names.operation(name));
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1, US_EAST_1",
    "s3:ObjectCreated:*, S3_OBJECT_CREATED_ALL",
    "aws:kms:dsse, AWS_KMS_DSSE",
    "STANDARD_IA, STANDARD_IA",
    "BucketOwnerPreferred, BUCKET_OWNER_PREFERRED",
    "'', NONE",
    "2.0, _2_0",
    "-, __"
  })
  void aWordIsAConstantThatJavaAccepts(String wire, String constant) {
    assertEquals(constant, Names.constant(wire));
  }

  @Test
  void aLiteralEscapesQuotesAndBackslashes() {
    assertEquals("\"a\\\"b\\\\c\"", Names.literal("a\"b\\c"));
  }
}
