package io.coffer.api;

import static io.coffer.model.S3Error.METHOD_NOT_ALLOWED;
import static io.coffer.model.S3Error.NOT_IMPLEMENTED;

import io.coffer.auth.Authentication;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.s3.PublicAccessBlockConfiguration;
import io.coffer.service.PublicAccessBlock;
import java.io.IOException;

/**
 * The part of AWS's S3 Control API that is about the public access of an account. Its clients put
 * the account's id before the host's name, and into a header. Thread-safe. Source: Amazon S3 API
 * Reference, "AWS S3 Control".
 */
final class AccountApi {
  private static final String PATH = "/v20180820/configuration/publicAccessBlock";
  private static final String ACCOUNT = "x-amz-account-id";
  private static final int MAX_BYTES = 1 << 14;

  private final Operations operations;
  private final XmlReader xml = new XmlReader();

  AccountApi(Operations operations) {
    this.operations = operations;
  }

  /** Whether a request means this API: no operation of S3 has that header. */
  static boolean isMeant(RequestHead head) {
    return head.path().equals(PATH) && head.headers().contains(ACCOUNT);
  }

  /** What the operation of a method is called in logs. */
  static String name(String method) {
    return switch (method) {
      case "GET" -> "GetAccountPublicAccessBlock";
      case "PUT" -> "PutAccountPublicAccessBlock";
      case "DELETE" -> "DeleteAccountPublicAccessBlock";
      default -> throw METHOD_NOT_ALLOWED.exception().with("Method", method);
    };
  }

  /**
   * Answers a request.
   *
   * @throws io.coffer.model.S3Exception AccessDenied, MalformedXML,
   *     NoSuchPublicAccessBlockConfiguration, NotImplemented
   * @throws IOException the client went away
   */
  Response answer(Call call, Authentication authentication) throws IOException {
    var accounts = operations.accounts();
    if (accounts == null) {
      throw NOT_IMPLEMENTED.exception();
    }
    var account = String.valueOf(call.head().headers().first(ACCOUNT));
    var context = call.context(authentication.caller(), authentication.signature());
    var body = Documents.read(authentication.payload().open(call.body()), MAX_BYTES);
    switch (call.head().method()) {
      case "GET" -> {
        return shown(accounts.get(account, context));
      }
      case "PUT" -> {
        accounts.put(account, read(body), context);
        return empty(200);
      }
      default -> {
        accounts.delete(account, context);
        return empty(204);
      }
    }
  }

  private PublicAccessBlock read(byte[] document) {
    var shape = PublicAccessBlockConfiguration.SHAPE;
    return PublicAccessBlock.of(xml.read(shape, shape.rootName(), document));
  }

  private static Response shown(PublicAccessBlock block) {
    var shape = PublicAccessBlockConfiguration.SHAPE;
    var document = XmlWriter.write(XmlText.document(), shape, shape.rootName(), block.toModel());
    var headers = Headers.builder().add("Content-Type", Response.XML).build();
    return new Response(200, headers, document.body());
  }

  private static Response empty(int status) {
    return new Response(status, Headers.builder().build(), Body.empty());
  }
}
