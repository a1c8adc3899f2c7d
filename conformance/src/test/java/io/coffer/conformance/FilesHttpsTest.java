package io.coffer.conformance;

class FilesHttpsTest extends ObjectSuite {
  FilesHttpsTest() {
    super(true, true);
  }
}
