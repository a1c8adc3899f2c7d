package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.CommonError;
import io.coffer.model.iam.AddUserToGroupRequest;
import io.coffer.model.iam.AttachUserPolicyRequest;
import io.coffer.model.iam.CreateAccountAliasRequest;
import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.DeleteAccountAliasRequest;
import io.coffer.model.iam.DeleteGroupRequest;
import io.coffer.model.iam.DeleteUserRequest;
import io.coffer.model.iam.GetAccountSummaryRequest;
import io.coffer.model.iam.GetAccountSummaryResponse;
import io.coffer.model.iam.GetUserPolicyRequest;
import io.coffer.model.iam.GetUserPolicyResponse;
import io.coffer.model.iam.GetUserRequest;
import io.coffer.model.iam.GetUserResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListAccountAliasesRequest;
import io.coffer.model.iam.ListAccountAliasesResponse;
import io.coffer.model.iam.ListGroupsForUserRequest;
import io.coffer.model.iam.ListGroupsForUserResponse;
import io.coffer.model.iam.ListUsersRequest;
import io.coffer.model.iam.ListUsersResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.PutUserPolicyRequest;
import io.coffer.model.iam.Tag;
import io.coffer.model.iam.TagUserRequest;
import io.coffer.model.iam.UpdateGroupRequest;
import io.coffer.model.iam.UpdateUserRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsersTest {
  private final IamStore store = new IamStore();

  @AfterEach
  void close() {
    store.close();
  }

  private static GetUserRequest get(@Nullable String name) {
    return GetUserRequest.builder().userName(name).build();
  }

  @Test
  void aNameIsTakenWhateverItsCaseAndFoundSo() {
    var made = store.createUser("Alice");
    assertEquals(
        "User with name aLICE already exists.",
        store.refused(
            IamError.ENTITY_ALREADY_EXISTS,
            Operation.CREATE_USER,
            CreateUserRequest.builder().userName("aLICE").build()));
    var found = store.call(Operation.GET_USER, get("alice"), GetUserResponse.class).user();
    assertEquals(made, found);
    assertEquals(
        "The user with name bob cannot be found.",
        store.refused(IamError.NO_SUCH_ENTITY, Operation.GET_USER, get("bob")));
  }

  @Test
  void anotherUserOfTheSameNameHasAnotherId() {
    var first = store.createUser("alice");
    store.run(Operation.DELETE_USER, DeleteUserRequest.builder().userName("alice").build());
    assertNotEquals(first.userId(), store.createUser("alice").userId());
  }

  @Test
  void rootIsNoUser() {
    var answer = store.call(Operation.GET_USER, get(null), GetUserResponse.class);
    var root = requireNonNull(answer.user());
    assertEquals("arn:aws:iam::111111111111:root", root.arn());
    assertEquals("111111111111", root.userId());
    assertNull(root.userName());
  }

  @Test
  void usersAreListedByNameAPageAtATimeAndByPath() {
    for (var name : List.of("Delta", "alpha", "Charlie", "bravo")) {
      store.createUser(name);
    }
    store.run(
        Operation.UPDATE_USER,
        UpdateUserRequest.builder().userName("bravo").newPath("/team/a/").build());
    var names = new ArrayList<String>();
    String marker = null;
    do {
      var request = ListUsersRequest.builder().maxItems(1).marker(marker).build();
      var page = store.call(Operation.LIST_USERS, request, ListUsersResponse.class);
      requireNonNull(page.users()).forEach(user -> names.add(user.userName()));
      marker = page.marker();
      assertEquals(marker != null, page.isTruncated());
    } while (marker != null);
    assertEquals(List.of("alpha", "bravo", "Charlie", "Delta"), names);
    var team = ListUsersRequest.builder().pathPrefix("/team/").build();
    var found = store.call(Operation.LIST_USERS, team, ListUsersResponse.class);
    assertEquals(1, requireNonNull(found.users()).size());
    var others =
        store.call(
            Operation.LIST_USERS,
            ListUsersRequest.builder().build(),
            ListUsersResponse.class,
            IamStore.root(IamStore.OTHER));
    assertEquals(List.of(), others.users());
    assertEquals(false, others.isTruncated());
  }

  private static PutUserPolicyRequest put(String name, String document) {
    return PutUserPolicyRequest.builder()
        .userName("alice")
        .policyName(name)
        .policyDocument(document)
        .build();
  }

  @Test
  void anInlinePolicyIsGivenBackAsItWasGivenAndEncoded() {
    store.createUser("alice");
    var document = IamStore.policy("s3:*", "*");
    store.run(Operation.PUT_USER_POLICY, put("all", document));
    var request = GetUserPolicyRequest.builder().userName("alice").policyName("all").build();
    var answer = store.call(Operation.GET_USER_POLICY, request, GetUserPolicyResponse.class);
    var encoded = requireNonNull(answer.policyDocument());
    assertTrue(encoded.startsWith("%7B%22Version%22"), encoded);
    var text =
        store.refused(
            IamError.MALFORMED_POLICY_DOCUMENT, Operation.PUT_USER_POLICY, put("bad", "{}"));
    assertEquals("Syntax errors in policy.", text);
  }

  @Test
  void theInlinePoliciesOfAUserAreBoundedTogether() {
    store.createUser("alice");
    var half = IamStore.policy("s3:*", "arn:aws:s3:::" + "x".repeat(1_000));
    store.run(Operation.PUT_USER_POLICY, put("one", half));
    store.run(Operation.PUT_USER_POLICY, put("one", half));
    assertEquals(
        "Maximum policy size of 2048 bytes exceeded for user alice",
        store.refused(IamError.LIMIT_EXCEEDED, Operation.PUT_USER_POLICY, put("two", half)));
  }

  @Test
  void aUserMustBeBareToBeDeleted() {
    store.createUser("alice");
    store.createGroup("staff");
    var deletion = DeleteUserRequest.builder().userName("alice").build();
    store.run(
        Operation.ADD_USER_TO_GROUP,
        AddUserToGroupRequest.builder().userName("alice").groupName("staff").build());
    assertEquals(
        "Cannot delete entity, must remove users from group first.",
        store.refused(IamError.DELETE_CONFLICT, Operation.DELETE_USER, deletion));
    store.run(Operation.PUT_USER_POLICY, put("one", IamStore.policy("s3:*", "*")));
    assertEquals(
        "Cannot delete entity, must delete policies first.",
        store.refused(IamError.DELETE_CONFLICT, Operation.DELETE_USER, deletion));
    store.run(
        Operation.ATTACH_USER_POLICY,
        AttachUserPolicyRequest.builder()
            .userName("alice")
            .policyArn("arn:aws:iam::aws:policy/AmazonS3FullAccess")
            .build());
    assertEquals(
        "Cannot delete entity, must detach all policies first.",
        store.refused(IamError.DELETE_CONFLICT, Operation.DELETE_USER, deletion));
    store.refused(
        IamError.DELETE_CONFLICT,
        Operation.DELETE_GROUP,
        DeleteGroupRequest.builder().groupName("staff").build());
  }

  @Test
  void aRenamedGroupKeepsItsMembers() {
    store.createUser("alice");
    store.createGroup("staff");
    store.run(
        Operation.ADD_USER_TO_GROUP,
        AddUserToGroupRequest.builder().userName("alice").groupName("STAFF").build());
    store.run(
        Operation.UPDATE_GROUP,
        UpdateGroupRequest.builder().groupName("staff").newGroupName("crew").build());
    var request = ListGroupsForUserRequest.builder().userName("alice").build();
    var groups =
        store.call(Operation.LIST_GROUPS_FOR_USER, request, ListGroupsForUserResponse.class);
    assertEquals("crew", requireNonNull(groups.groups()).getFirst().groupName());
  }

  @Test
  void whoMayDoNothingIsToldSoWhetherTheUserIsThereOrNot() {
    store.createUser("alice");
    var alice = store.signedBy(store.createKey("alice"));
    for (var name : List.of("alice", "nobody")) {
      assertEquals(
          "User: arn:aws:iam::111111111111:user/alice is not authorized to perform: iam:GetUser on"
              + " resource: arn:aws:iam::111111111111:user/"
              + name
              + " because no identity-based policy allows the iam:GetUser action",
          store.refused(CommonError.ACCESS_DENIED, Operation.GET_USER, get(name), alice));
    }
  }

  @Test
  void aConditionOnTagsHoldsForTheUserThatIsChanged() {
    store.createUser("alice");
    store.createUser("bob");
    store.run(
        Operation.PUT_USER_POLICY,
        put(
            "team",
            """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*",
             "Resource": "*", "Condition": {"StringEquals": {"iam:ResourceTag/team": "red"}}}]}
            """));
    var alice = store.signedBy(store.createKey("alice"));
    store.refused(CommonError.ACCESS_DENIED, Operation.GET_USER, get("bob"), alice);
    var tag = Tag.builder().key("Team").value("red").build();
    store.run(
        Operation.TAG_USER, TagUserRequest.builder().userName("bob").tags(List.of(tag)).build());
    var answer = store.call(Operation.GET_USER, get("bob"), GetUserResponse.class, alice);
    var bob = requireNonNull(answer.user());
    assertEquals(List.of(tag), bob.tags());
  }

  private List<String> aliases() {
    var request = ListAccountAliasesRequest.builder().build();
    var answer =
        store.call(Operation.LIST_ACCOUNT_ALIASES, request, ListAccountAliasesResponse.class);
    return requireNonNull(answer.accountAliases());
  }

  @Test
  void anAliasIsOneAccountsOnly() {
    assertEquals(List.of(), aliases());
    var first = CreateAccountAliasRequest.builder().accountAlias("first").build();
    store.run(Operation.CREATE_ACCOUNT_ALIAS, first);
    assertEquals(List.of("first"), aliases());
    var other = IamStore.root(IamStore.OTHER);
    store.refused(IamError.ENTITY_ALREADY_EXISTS, Operation.CREATE_ACCOUNT_ALIAS, first, other);
    store.run(
        Operation.CREATE_ACCOUNT_ALIAS,
        CreateAccountAliasRequest.builder().accountAlias("second").build());
    assertEquals(List.of("second"), aliases());
    store.call(Operation.CREATE_ACCOUNT_ALIAS, first, Object.class, other);
    store.run(
        Operation.DELETE_ACCOUNT_ALIAS,
        DeleteAccountAliasRequest.builder().accountAlias("second").build());
    assertEquals(List.of(), aliases());
  }

  @Test
  void theSummaryCounts() {
    store.createUser("alice");
    store.createGroup("staff");
    var request = GetAccountSummaryRequest.builder().build();
    var map =
        requireNonNull(
            store
                .call(Operation.GET_ACCOUNT_SUMMARY, request, GetAccountSummaryResponse.class)
                .summaryMap());
    assertEquals(1, map.get("Users"));
    assertEquals(1, map.get("Groups"));
    assertEquals(0, map.get("Roles"));
    assertEquals(2, map.get("AccessKeysPerUserQuota"));
  }
}
