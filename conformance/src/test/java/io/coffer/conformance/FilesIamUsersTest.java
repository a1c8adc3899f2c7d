package io.coffer.conformance;

class FilesIamUsersTest extends IamUsersSuite {
  FilesIamUsersTest() {
    super(true);
  }
}
