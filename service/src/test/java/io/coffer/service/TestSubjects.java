package io.coffer.service;

import io.coffer.storage.Storage;

/** The wired subjects of a service, for tests in other packages. */
public final class TestSubjects {
  private TestSubjects() {}

  public static Subjects over(Storage storage) {
    return over(storage, Environment.system());
  }

  public static Subjects over(Storage storage, Environment environment) {
    return Subjects.over(storage, environment, new ServiceSettings("us-east-1"));
  }
}
