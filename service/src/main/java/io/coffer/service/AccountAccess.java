package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.s3.DeletePublicAccessBlockRequest;
import io.coffer.model.s3.GetPublicAccessBlockRequest;
import io.coffer.model.s3.PutPublicAccessBlockRequest;

/**
 * What AWS's S3 Control API has of accounts: the public access that an account blocks in all its
 * buckets. Thread-safe. Source: Amazon S3 API Reference, "AWS S3 Control", "PutPublicAccessBlock".
 */
public final class AccountAccess {
  private final Authorization authorization;
  private final AccountBlocks blocks;

  AccountAccess(Authorization authorization, AccountBlocks blocks) {
    this.authorization = authorization;
    this.blocks = blocks;
  }

  /**
   * GetPublicAccessBlock of an account.
   *
   * @throws io.coffer.model.S3Exception AccessDenied, NoSuchPublicAccessBlockConfiguration
   */
  public PublicAccessBlock get(String account, Context context) {
    var request = GetPublicAccessBlockRequest.builder().bucket("").build();
    var permission = S3Permission.GET_ACCOUNT_PUBLIC_ACCESS_BLOCK;
    var caller =
        authorization.account(
            GetPublicAccessBlockRequest.SHAPE, request, permission, null, context);
    checkOwn(account, caller.id());
    return blocks
        .find(account)
        .orElseThrow(S3Error.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION::exception);
  }

  /**
   * PutPublicAccessBlock of an account.
   *
   * @throws io.coffer.model.S3Exception AccessDenied
   */
  public void put(String account, PublicAccessBlock block, Context context) {
    var request = PutPublicAccessBlockRequest.builder().bucket("").build();
    var permission = S3Permission.PUT_ACCOUNT_PUBLIC_ACCESS_BLOCK;
    var caller =
        authorization.account(
            PutPublicAccessBlockRequest.SHAPE, request, permission, null, context);
    checkOwn(account, caller.id());
    blocks.put(account, block);
  }

  /**
   * DeletePublicAccessBlock of an account.
   *
   * @throws io.coffer.model.S3Exception AccessDenied
   */
  public void delete(String account, Context context) {
    var request = DeletePublicAccessBlockRequest.builder().bucket("").build();
    var permission = S3Permission.PUT_ACCOUNT_PUBLIC_ACCESS_BLOCK;
    var caller =
        authorization.account(
            DeletePublicAccessBlockRequest.SHAPE, request, permission, null, context);
    checkOwn(account, caller.id());
    blocks.delete(account);
  }

  private static void checkOwn(String account, String caller) {
    if (!account.equals(caller)) {
      throw S3Error.ACCESS_DENIED.exception();
    }
  }
}
