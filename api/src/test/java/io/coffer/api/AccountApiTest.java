package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountApiTest {
  private final TestApi api = new TestApi();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void anAccountBlocksPublicAccessByTheControlApi() {
    var path = "/v20180820/configuration/publicAccessBlock";
    var account = TestApi.ACCOUNT.id();
    assertEquals(404, api.signed("GET", path, "", "x-amz-account-id", account).status());
    var block =
        "<PublicAccessBlockConfiguration><BlockPublicPolicy>true</BlockPublicPolicy>"
            + "</PublicAccessBlockConfiguration>";
    assertEquals(200, api.signed("PUT", path, block, "x-amz-account-id", account).status());
    var got = api.signed("GET", path, "", "x-amz-account-id", account);
    assertTrue(got.text().contains("<BlockPublicPolicy>true</BlockPublicPolicy>"), got.text());
    assertEquals(403, api.signed("GET", path, "", "x-amz-account-id", "999999999999").status());
    assertEquals(403, api.anonymous("GET", path, "", "x-amz-account-id", account).status());
    assertEquals(400, api.signed("PUT", path, "<x/>", "x-amz-account-id", account).status());
    assertEquals(405, api.signed("POST", path, "", "x-amz-account-id", account).status());
    assertEquals(204, api.signed("DELETE", path, "", "x-amz-account-id", account).status());
    assertEquals(404, api.signed("GET", path, "", "x-amz-account-id", account).status());
  }
}
