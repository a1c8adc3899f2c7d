package io.coffer.conformance;

/** Policies over the filesystem. */
class FilesPolicyTest extends PolicySuite {
  FilesPolicyTest() {
    super(true);
  }
}
