package io.coffer.conformance;

class FilesObjectTest extends ObjectSuite {
  FilesObjectTest() {
    super(true);
  }
}
