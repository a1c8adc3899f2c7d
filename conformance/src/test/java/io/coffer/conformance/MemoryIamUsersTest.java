package io.coffer.conformance;

class MemoryIamUsersTest extends IamUsersSuite {
  MemoryIamUsersTest() {
    super(false);
  }
}
