package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.iam.AccessKeyLastUsed;
import io.coffer.model.iam.AccessKeyMetadata;
import io.coffer.model.iam.CreateAccessKeyRequest;
import io.coffer.model.iam.CreateAccessKeyResponse;
import io.coffer.model.iam.DeleteAccessKeyRequest;
import io.coffer.model.iam.DeleteAccessKeyResponse;
import io.coffer.model.iam.GetAccessKeyLastUsedRequest;
import io.coffer.model.iam.GetAccessKeyLastUsedResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListAccessKeysRequest;
import io.coffer.model.iam.ListAccessKeysResponse;
import io.coffer.model.iam.StatusType;
import io.coffer.model.iam.UpdateAccessKeyRequest;
import io.coffer.model.iam.UpdateAccessKeyResponse;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.AccessKey;
import io.coffer.service.identity.AccessKeys;
import io.coffer.service.identity.UniqueIds;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CreateAccessKey, UpdateAccessKey, DeleteAccessKey, ListAccessKeys, GetAccessKeyLastUsed. */
final class UserKeys {
  /**
   * Source: IAM User Guide, "IAM and AWS STS quotas". What the operator declares is not counted.
   */
  private static final int MOST = 2;

  private static final String NEVER = "N/A";

  private final Subjects s;
  private final FoundUsers found;
  private final UniqueIds ids = new UniqueIds();

  UserKeys(Subjects s, FoundUsers found) {
    this.s = s;
    this.found = found;
  }

  private KeyHolder holder(Context context, String action, @Nullable String userName) {
    return KeyHolder.require(s, found, context, action, userName);
  }

  CreateAccessKeyResponse create(CreateAccessKeyRequest request, Context context) {
    var secret = ids.secret();
    return s.entities()
        .edit(
            edit -> {
              var holder = holder(context, "iam:CreateAccessKey", request.userName());
              long made =
                  holder.keys().stream()
                      .flatMap(id -> find(id).stream())
                      .filter(this::isMade)
                      .count();
              if (made >= MOST) {
                throw IamError.LIMIT_EXCEEDED.exception(
                    "Cannot exceed quota for AccessKeysPerUser: " + MOST);
              }
              var key =
                  s.accessKeys()
                      .make(
                          ids.accessKey(),
                          secret,
                          holder.account(),
                          holder.user(),
                          false,
                          s.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS));
              s.accessKeys().create(edit, key);
              holder.add(edit, key.id());
              return CreateAccessKeyResponse.builder().accessKey(created(key, secret)).build();
            });
  }

  private Optional<AccessKey> find(String id) {
    return s.accessKeys().find(id).map(AccessKeys.Stored::key);
  }

  private boolean isMade(AccessKey key) {
    return !key.declared();
  }

  private static io.coffer.model.iam.AccessKey created(AccessKey key, String secret) {
    return io.coffer.model.iam.AccessKey.builder()
        .userName(name(key))
        .accessKeyId(key.id())
        .secretAccessKey(secret)
        .status(status(key))
        .createDate(key.created())
        .build();
  }

  private static @Nullable String name(AccessKey key) {
    return key.holder() == null ? null : key.holder().name();
  }

  private static StatusType status(AccessKey key) {
    return key.active() ? StatusType.ACTIVE : StatusType.INACTIVE;
  }

  UpdateAccessKeyResponse update(UpdateAccessKeyRequest request, Context context) {
    if (request.status() == StatusType.EXPIRED) {
      throw CommonError.VALIDATION_ERROR.exception("Invalid value for Status: Expired");
    }
    boolean active = request.status() == StatusType.ACTIVE;
    return s.entities()
        .edit(
            edit -> {
              var holder = holder(context, "iam:UpdateAccessKey", request.userName());
              var key = requireKey(holder, request.accessKeyId());
              s.accessKeys().replace(edit, key, key.key().active(active));
              return UpdateAccessKeyResponse.builder().build();
            });
  }

  DeleteAccessKeyResponse delete(DeleteAccessKeyRequest request, Context context) {
    return s.entities()
        .edit(
            edit -> {
              var holder = holder(context, "iam:DeleteAccessKey", request.userName());
              var key = requireKey(holder, request.accessKeyId());
              s.accessKeys().delete(edit, key);
              holder.remove(edit, key.key().id());
              return DeleteAccessKeyResponse.builder().build();
            });
  }

  private AccessKeys.Stored requireKey(KeyHolder holder, @Nullable String id) {
    var wanted = requireNonNull(id);
    return s.accessKeys()
        .find(wanted)
        .filter(key -> holder.keys().contains(wanted))
        .orElseThrow(() -> missing(wanted));
  }

  private static QueryException missing(String id) {
    return IamError.NO_SUCH_ENTITY.exception("The Access Key with id " + id + " cannot be found.");
  }

  ListAccessKeysResponse list(ListAccessKeysRequest request, Context context) {
    var holder = holder(context, "iam:ListAccessKeys", request.userName());
    var keys = holder.keys().stream().flatMap(id -> find(id).stream()).toList();
    var page = Paging.of(keys, AccessKey::id, request.marker(), request.maxItems());
    return ListAccessKeysResponse.builder()
        .accessKeyMetadata(page.map(UserKeys::listed))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static AccessKeyMetadata listed(AccessKey key) {
    return AccessKeyMetadata.builder()
        .userName(name(key))
        .accessKeyId(key.id())
        .status(status(key))
        .createDate(key.created())
        .build();
  }

  /** Keys of other accounts are not told from those that never were. */
  GetAccessKeyLastUsedResponse lastUsed(GetAccessKeyLastUsedRequest request, Context context) {
    var id = requireNonNull(request.accessKeyId());
    var account = OwnAccount.id(context);
    var key = find(id).filter(known -> known.account().equals(account));
    var holder = key.map(AccessKey::holder);
    if (holder.isPresent()) {
      found.require(context, "iam:GetAccessKeyLastUsed", holder.get().name());
    } else {
      s.access().require(context, "iam:GetAccessKeyLastUsed", "*", Answers.values(context));
    }
    if (key.isEmpty()) {
      throw missing(id);
    }
    var use = s.keyUse().last(id);
    var used = AccessKeyLastUsed.builder().serviceName(NEVER).region(NEVER);
    use.ifPresent(
        last ->
            used.lastUsedDate(last.time().truncatedTo(ChronoUnit.SECONDS))
                .serviceName(last.service())
                .region(s.settings().region()));
    return GetAccessKeyLastUsedResponse.builder()
        .userName(name(key.get()))
        .accessKeyLastUsed(used.build())
        .build();
  }
}
