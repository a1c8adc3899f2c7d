package io.coffer.conformance;

/** Policies over memory. */
class MemoryPolicyTest extends PolicySuite {
  MemoryPolicyTest() {
    super(false);
  }
}
