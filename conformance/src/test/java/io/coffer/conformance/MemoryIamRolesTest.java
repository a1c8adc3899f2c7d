package io.coffer.conformance;

class MemoryIamRolesTest extends IamRolesSuite {
  MemoryIamRolesTest() {
    super(false);
  }
}
