package io.coffer.service;

import io.coffer.model.S3Error;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Continuation tokens: opaque to clients, who get the last entry of a page in them and give it
 * back.
 */
public final class PageToken {
  private PageToken() {}

  public static String of(String lastEntry) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(("1" + lastEntry).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The entry in a token.
   *
   * @throws io.coffer.model.S3Exception InvalidArgument
   */
  public static String parse(String token) {
    try {
      var bytes = Base64.getUrlDecoder().decode(token);
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith("1")) {
        return text.substring(1);
      }
    } catch (IllegalArgumentException | CharacterCodingException e) {
      // refused below, as any other token that is not ours
    }
    throw S3Error.INVALID_ARGUMENT
        .exception("The continuation token provided is incorrect")
        .with("ArgumentName", "continuation-token")
        .with("ArgumentValue", token);
  }
}
