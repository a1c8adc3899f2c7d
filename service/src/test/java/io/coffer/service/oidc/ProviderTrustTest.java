package io.coffer.service.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers with certificates of their own. */
class ProviderTrustTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path scratch;
  private final HttpDocuments documents = new HttpDocuments(new OutboundRules(false));

  /** A key and a certificate that it has signed itself, by the JDK's own tool. */
  private KeyStore certificate(String names)
      throws IOException, GeneralSecurityException, InterruptedException {
    var file = scratch.resolve("keys.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                List.of(
                    keytool,
                    "-genkeypair",
                    "-alias",
                    "a",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "san=" + names,
                    "-validity",
                    "2",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    file.toString(),
                    "-storepass",
                    "password"))
            .inheritIO()
            .start();
    assertEquals(0, made.waitFor());
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static HttpsServer serve(KeyStore store) throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          var body = "{}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String thumbprint(KeyStore store) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-1");
    return HexFormat.of().formatHex(digest.digest(store.getCertificate("a").getEncoded()));
  }

  private String get(HttpsServer server, String thumbprint) throws IOException {
    var address = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    return new String(documents.get(address, List.of(thumbprint)), StandardCharsets.UTF_8);
  }

  @Test
  void anAuthorityOfItsOwnIsTrustedByItsThumbprintAlone()
      throws IOException, GeneralSecurityException, InterruptedException {
    var store = certificate("ip:127.0.0.1");
    var server = serve(store);
    try {
      assertEquals("{}", get(server, thumbprint(store)));
      assertEquals("{}", get(server, thumbprint(store).toUpperCase(Locale.ROOT)));
      assertThrows(IOException.class, () -> get(server, "f".repeat(40)));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aThumbprintIsNoNameOfAServer()
      throws IOException, GeneralSecurityException, InterruptedException {
    var store = certificate("dns:id.example.com");
    var server = serve(store);
    try {
      var print = thumbprint(store);
      assertThrows(IOException.class, () -> get(server, print));
    } finally {
      server.stop(0);
    }
  }
}
