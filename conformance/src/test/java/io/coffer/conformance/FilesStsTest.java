package io.coffer.conformance;

class FilesStsTest extends StsSuite {
  FilesStsTest() {
    super(true);
  }
}
