package io.coffer.conformance;

class MemoryObjectTest extends ObjectSuite {
  MemoryObjectTest() {
    super(false);
  }
}
