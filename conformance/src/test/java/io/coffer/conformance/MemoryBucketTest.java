package io.coffer.conformance;

class MemoryBucketTest extends BucketSuite {
  MemoryBucketTest() {
    super(false);
  }
}
