package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Account;
import io.coffer.auth.Credential;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapReaderTest {
  private static final RootKey ROOT_KEY = RootKey.inMemory("rootkey", "root's secret");
  private static final Account ROOT =
      new Account("000000000001", "root", "root", "", ROOT_KEY.canonicalId());
  private static final String KEY = "{'accessKeyId': 'KEY1', 'secretAccessKey': 'long enough'}";

  @TempDir Path dir;

  private Bootstrap read(String json) throws IOException {
    var file = Files.writeString(dir.resolve("accounts.json"), json.replace('\'', '"'));
    return BootstrapReader.read(file, ROOT, ROOT_KEY);
  }

  private String refusal(String json) {
    var error = assertThrows(UsageException.class, () -> read(json));
    assertEquals(2, error.exitStatus());
    return String.valueOf(error.getMessage());
  }

  private static String account(String more) {
    return "{'id': '111111111111', 'name': 'main', 'canonicalId': 'c1'" + more + "}";
  }

  @Test
  void accountsKeysAndBucketsAreRead() throws IOException {
    var bootstrap =
        read(
            "{'accounts': ["
                + account(", 'displayName': 'M', 'email': 'm@x', 'rootKeys': [" + KEY + "]")
                + "], 'buckets': [{'name': 'one', 'account': 'main', 'versioning': 'Enabled'},"
                + "{'name': 'two', 'account': '111111111111'},"
                + " {'name': 'six', 'account': 'root'}]}");
    var main = new Account("111111111111", "main", "M", "m@x", "c1");
    var key = new Credential("KEY1", "long enough", main);
    assertEquals(List.of(new Bootstrap.Declared(main, List.of(key))), bootstrap.accounts());
    assertEquals(
        List.of(
            new Bootstrap.Bucket("one", "111111111111", true),
            new Bootstrap.Bucket("two", "111111111111", false),
            new Bootstrap.Bucket("six", "000000000001", false)),
        bootstrap.buckets());
  }

  @Test
  void whatIsLeftOutHasADefault() throws IOException {
    var declared = read("{'accounts': [" + account("") + "]}").accounts().getFirst();
    assertEquals(new Account("111111111111", "main", "main", "", "c1"), declared.account());
    assertEquals(List.of(), declared.keys());
    assertEquals(Bootstrap.empty(), read("{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the document must be an object",
        "{'acounts': []} | acounts is not known",
        "{'accounts': {}} | accounts must be a list",
        "{'accounts': [1]} | accounts[0] must be an object",
        "{'accounts': [{}]} | accounts[0].id is missing",
        "{'accounts': [{'id': 111111111111}]} | accounts[0].id must be a text",
        "{'accounts': [{'id': '1'}]} | accounts[0].id must be 12 digits",
        "{'accounts': [{'id': '000000000001'}]} | is there twice or is the root account's",
        "{'accounts': [{'id': '111111111111'}]} | accounts[0].name is missing",
        "{'buckets': [{'name': 'one', 'account': 'me'}]} | buckets[0].account names no account",
        "{'buckets': [{'name': 'No', 'account': 'root'}]} | buckets[0].name is no name of a bucket",
        "{'buckets': [{'name': 'one', 'account': 'root', 'versioning': 1}]} | versioning must be",
      })
  void whatIsWrongIsNamedWithItsPlace(String json, String expected) {
    var refusal = refusal(json);
    assertTrue(refusal.contains(expected), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'accessKeyId': 'K', 'secretAccessKey': 'long enough'} | .accessKeyId must have 3 to 128",
        "{'accessKeyId': 'KEY', 'secretAccessKey': 'short'} | .secretAccessKey must have 8",
        "{'accessKeyId': 'KEY', 'secret': 'long enough'} | .secret is not known",
        "{'accessKeyId': 'rootkey', 'secretAccessKey': 'long enough'} | is the root account's key",
      })
  void aKeyThatIsWrongIsNamedWithItsPlace(String key, String expected) {
    var refusal = refusal("{'accounts': [" + account(", 'rootKeys': [" + key + "]") + "]}");
    assertTrue(refusal.contains("accounts[0].rootKeys[0]" + (expected.startsWith(".") ? "" : ".")));
    assertTrue(refusal.contains(expected), refusal);
  }

  @Test
  void nothingMayBeThereTwice() {
    var keys = account(", 'rootKeys': [" + KEY + "," + KEY + "]");
    assertTrue(refusal("{'accounts': [" + keys + "]}").contains("twice: KEY1"));
    var accounts = account("") + "," + account("");
    assertTrue(refusal("{'accounts': [" + accounts + "]}").contains("accounts[1].id is there"));
    var bucket = "{'name': 'one', 'account': 'root'}";
    assertTrue(
        refusal("{'buckets': [" + bucket + "," + bucket + "]}").contains("buckets[1].name is"));
  }

  @Test
  void whatIsNotJsonIsNamedWithLineAndColumn() {
    var refusal = refusal("{'accounts': [\n  {'id': oops}]}");
    assertTrue(refusal.contains("not JSON at line 2, column "), refusal);
    assertTrue(refusal("").contains("the document must be an object"));
    assertTrue(refusal("{'accounts': [], 'accounts': []}").contains("line 1"));
    assertTrue(refusal("{} {}").contains("not JSON"));
  }

  @Test
  void aFileThatIsMissingOrGarbledIsNamed() throws IOException {
    var missing = dir.resolve("none.json");
    var error =
        assertThrows(UsageException.class, () -> BootstrapReader.read(missing, ROOT, ROOT_KEY));
    assertTrue(String.valueOf(error.getMessage()).contains("there is no " + missing));
    Files.write(missing, "\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    error = assertThrows(UsageException.class, () -> BootstrapReader.read(missing, ROOT, ROOT_KEY));
    assertTrue(String.valueOf(error.getMessage()).contains("not UTF-8"), error.getMessage());
  }
}
