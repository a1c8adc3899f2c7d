package io.coffer.conformance;

class FilesIamRolesTest extends IamRolesSuite {
  FilesIamRolesTest() {
    super(true);
  }
}
