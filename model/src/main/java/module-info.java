/** Requests, responses, operations and errors of the S3 API. Depends on nothing. */
module io.coffer.model {
  requires static transitive org.jspecify;

  exports io.coffer.model;
  exports io.coffer.model.s3;
}
