package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.model.QueryException;
import io.coffer.model.iam.AccessKey;
import io.coffer.model.iam.AddUserToGroupRequest;
import io.coffer.model.iam.CreateAccessKeyRequest;
import io.coffer.model.iam.CreateAccessKeyResponse;
import io.coffer.model.iam.CreateGroupRequest;
import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.DeleteAccessKeyRequest;
import io.coffer.model.iam.DeleteGroupRequest;
import io.coffer.model.iam.DeleteUserRequest;
import io.coffer.model.iam.GetGroupRequest;
import io.coffer.model.iam.GetGroupResponse;
import io.coffer.model.iam.ListUsersRequest;
import io.coffer.model.iam.ListUsersResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.RemoveUserFromGroupRequest;
import io.coffer.model.iam.UpdateGroupRequest;
import io.coffer.model.iam.UpdateUserRequest;
import io.coffer.model.iam.User;
import io.coffer.service.Verification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Users, groups and keys under random changes, beside a model of maps and sets. */
class RandomEditsTest {
  private static final int STEPS = 600;
  private static final List<String> NAMES = List.of("a", "B", "c", "D", "e");

  /** What a user has. */
  private static final class Person {
    final Set<String> groups = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    final List<AccessKey> keys = new ArrayList<>();
  }

  private final TreeMap<String, Person> people = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Set<String> groups = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final List<AccessKey> gone = new ArrayList<>();

  private boolean works(IamStore store, Operation operation, Object request) {
    try {
      store.run(operation, request);
      return true;
    } catch (QueryException e) {
      return false;
    }
  }

  @Test
  void whatIsStoredIsWhatWasDone() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    try (var store = new IamStore()) {
      for (int step = 0; step < STEPS; step++) {
        var at = "seed " + seed + ", step " + step;
        step(store, random, at);
        if (step % 50 == 0) {
          store.restart();
          compare(store, at);
        }
      }
      compare(store, "seed " + seed);
      var findings = new ArrayList<String>();
      new Verification(store.storage, 0, finding -> findings.add(finding.toString())).all();
      assertEquals(List.of(), findings, "seed " + seed);
    }
  }

  private void step(IamStore store, Random random, String at) {
    var user = NAMES.get(random.nextInt(NAMES.size()));
    var group = NAMES.get(random.nextInt(NAMES.size()));
    var other = NAMES.get(random.nextInt(NAMES.size())).toUpperCase(Locale.ROOT);
    switch (random.nextInt(9)) {
      case 0 -> createUser(store, user, at);
      case 1 -> deleteUser(store, user, at);
      case 2 -> renameUser(store, user, other, at);
      case 3 -> createGroup(store, group, at);
      case 4 -> deleteGroup(store, group, at);
      case 5 -> renameGroup(store, group, other, at);
      case 6 -> join(store, user, group, at);
      case 7 -> leave(store, user, group, at);
      default -> keys(store, user, random.nextBoolean());
    }
  }

  private void createUser(IamStore store, String user, String at) {
    var request = CreateUserRequest.builder().userName(user).build();
    boolean free = !people.containsKey(user);
    assertEquals(free, works(store, Operation.CREATE_USER, request), at);
    people.putIfAbsent(user, new Person());
  }

  private void deleteUser(IamStore store, String user, String at) {
    var request = DeleteUserRequest.builder().userName(user).build();
    var known = people.get(user);
    boolean bare = known != null && known.groups.isEmpty() && known.keys.isEmpty();
    assertEquals(bare, works(store, Operation.DELETE_USER, request), at);
    if (bare) {
      people.remove(user);
    }
  }

  private void renameUser(IamStore store, String user, String other, String at) {
    var request = UpdateUserRequest.builder().userName(user).newUserName(other).build();
    boolean free = other.equalsIgnoreCase(user) || !people.containsKey(other);
    boolean good = people.containsKey(user) && free;
    assertEquals(good, works(store, Operation.UPDATE_USER, request), at);
    if (good) {
      people.put(other, people.remove(user));
    }
  }

  private void createGroup(IamStore store, String group, String at) {
    var request = CreateGroupRequest.builder().groupName(group).build();
    assertEquals(groups.add(group), works(store, Operation.CREATE_GROUP, request), at);
  }

  private void deleteGroup(IamStore store, String group, String at) {
    var request = DeleteGroupRequest.builder().groupName(group).build();
    boolean empty = groups.contains(group) && members(group).isEmpty();
    assertEquals(empty, works(store, Operation.DELETE_GROUP, request), at);
    if (empty) {
      groups.remove(group);
    }
  }

  private void renameGroup(IamStore store, String group, String other, String at) {
    var request = UpdateGroupRequest.builder().groupName(group).newGroupName(other).build();
    boolean free = other.equalsIgnoreCase(group) || !groups.contains(other);
    boolean good = groups.contains(group) && free;
    assertEquals(good, works(store, Operation.UPDATE_GROUP, request), at);
    if (good) {
      groups.remove(group);
      groups.add(other);
      people.values().stream()
          .filter(person -> person.groups.remove(group))
          .forEach(person -> person.groups.add(other));
    }
  }

  private void join(IamStore store, String user, String group, String at) {
    var request = AddUserToGroupRequest.builder().userName(user).groupName(group).build();
    boolean good = people.containsKey(user) && groups.contains(group);
    assertEquals(good, works(store, Operation.ADD_USER_TO_GROUP, request), at);
    if (good) {
      requireNonNull(people.get(user)).groups.add(group);
    }
  }

  private void leave(IamStore store, String user, String group, String at) {
    var request = RemoveUserFromGroupRequest.builder().userName(user).groupName(group).build();
    boolean good = people.containsKey(user) && groups.contains(group);
    assertEquals(good, works(store, Operation.REMOVE_USER_FROM_GROUP, request), at);
    if (good) {
      requireNonNull(people.get(user)).groups.remove(group);
    }
  }

  private void keys(IamStore store, String user, boolean create) {
    var known = people.get(user);
    if (known == null) {
      return;
    }
    if (create && known.keys.size() < 2) {
      var request = CreateAccessKeyRequest.builder().userName(user).build();
      var answer = store.call(Operation.CREATE_ACCESS_KEY, request, CreateAccessKeyResponse.class);
      known.keys.add(answer.accessKey());
    } else if (!known.keys.isEmpty()) {
      var key = known.keys.removeFirst();
      store.run(
          Operation.DELETE_ACCESS_KEY,
          DeleteAccessKeyRequest.builder().userName(user).accessKeyId(key.accessKeyId()).build());
      gone.add(key);
    }
  }

  private Set<String> members(String group) {
    var members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    people.forEach(
        (name, person) -> {
          if (person.groups.contains(group)) {
            members.add(name);
          }
        });
    return members;
  }

  private void compare(IamStore store, String at) {
    var users =
        store.call(
            Operation.LIST_USERS, ListUsersRequest.builder().build(), ListUsersResponse.class);
    assertEquals(List.copyOf(people.keySet()), names(requireNonNull(users.users())), at);
    for (var group : groups) {
      var request = GetGroupRequest.builder().groupName(group).build();
      var answer = store.call(Operation.GET_GROUP, request, GetGroupResponse.class);
      assertEquals(List.copyOf(members(group)), names(requireNonNull(answer.users())), at);
    }
    people.forEach(
        (name, person) ->
            person.keys.forEach(
                key -> {
                  var found = store.find(key);
                  assertNotNull(found, at);
                  assertEquals(key.secretAccessKey(), found.secretAccessKey(), at);
                  assertEquals("arn:aws:iam::111111111111:user/" + name, found.caller().arn(), at);
                }));
    gone.forEach(key -> assertNull(store.find(key), at));
  }

  private static List<String> names(Collection<User> users) {
    return users.stream().map(User::userName).toList();
  }
}
