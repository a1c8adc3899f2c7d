package io.coffer.conformance;

class MemoryStsTest extends StsSuite {
  MemoryStsTest() {
    super(false);
  }
}
