/** Requests, responses, operations and errors of S3, IAM and STS. Depends on nothing. */
module io.coffer.model {
  requires static transitive org.jspecify;

  exports io.coffer.model;
  exports io.coffer.model.iam;
  exports io.coffer.model.s3;
  exports io.coffer.model.sts;
}
