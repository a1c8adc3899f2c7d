package io.coffer.conformance;

class MemoryHttpsTest extends ObjectSuite {
  MemoryHttpsTest() {
    super(false, true);
  }
}
