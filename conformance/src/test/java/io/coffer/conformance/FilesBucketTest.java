package io.coffer.conformance;

class FilesBucketTest extends BucketSuite {
  FilesBucketTest() {
    super(true);
  }
}
