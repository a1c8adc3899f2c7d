package io.coffer.server;

import com.sun.net.httpserver.HttpExchange;
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
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;
import org.shredzone.acme4j.toolbox.JSONBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of an ACME server (RFC 8555) as an order needs, one at a time. It trusts signatures:
 * conformance/acme has a server that does not.
 */
final class AcmeTestAuthority implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  /** Looks whether a name leads to what is expected. */
  interface Validation {
    /** Returns what is wrong, or an empty text. */
    String validate(String name, String token, String keyAuthorization) throws Exception;
  }

  private final DevelopmentAuthority authority;
  private final Path trust;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String type;
  private final Validation validation;
  private final Duration lifetime;
  private final Map<String, String> errors = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> valid = new ArrayList<>();
  private String thumbprint = "";
  private String chain = "";
  private String contacts = "";
  private int nonces;
  private int orders;

  AcmeTestAuthority(Path directory, String type, Validation validation, Duration lifetime)
      throws Exception {
    this.authority = DevelopmentAuthority.make(Instant.now());
    this.type = type;
    this.validation = validation;
    this.lifetime = lifetime;
    this.trust =
        Files.writeString(directory.resolve("ca.pem"), PemText.of(authority.certificate()));
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity()));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private SSLContext identity() throws GeneralSecurityException, IOException {
    var keys = DevelopmentAuthority.newKeys();
    var address = new GeneralName(GeneralName.dNSName, "localhost");
    var certificate =
        authority.certify(keys.getPublic(), List.of(address), Instant.now(), Duration.ofDays(1));
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("a", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** The certificate of the authority, in PEM: of its own server and of those that it issues. */
  Path trust() {
    return trust;
  }

  URI directory() {
    return URI.create(url("/directory"));
  }

  synchronized int orders() {
    return orders;
  }

  synchronized String contacts() {
    return contacts;
  }

  private String url(String path) {
    return "https://localhost:" + server.getAddress().getPort() + path;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = exchange.getRequestBody().readAllBytes();
      var request = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      exchange.getResponseHeaders().add("Replay-Nonce", "nonce" + nonces++);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      var text =
          content(exchange, path, decoded(request, "protected"), decoded(request, "payload"));
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status(path), head ? -1 : bytes.length);
      exchange.getResponseBody().write(head ? new byte[0] : bytes);
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static int status(String path) {
    return path.equals("/account") || path.equals("/orders") ? 201 : 200;
  }

  private static JsonNode decoded(JsonNode request, String part) {
    var text = request.path(part).asString("");
    var json = Base64.getUrlDecoder().decode(text);
    return json.length == 0 ? JSON.createObjectNode() : JSON.readTree(json);
  }

  private String content(HttpExchange exchange, String path, JsonNode head, JsonNode payload)
      throws Exception {
    return switch (path.replaceFirst("/[0-9]+$", "")) {
      case "/directory" -> directoryContent();
      case "/nonce" -> "";
      case "/account" -> account(exchange, head, payload);
      case "/orders" -> order(exchange, payload);
      case "/order" -> orderContent();
      case "/authorization" -> authorization(number(path));
      case "/challenge" -> challenge(number(path));
      case "/finalize" -> issue(payload);
      case "/certificate" -> {
        exchange.getResponseHeaders().set("Content-Type", "application/pem-certificate-chain");
        yield chain;
      }
      default -> throw new IOException("nothing at " + path);
    };
  }

  private static int number(String path) {
    return Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
  }

  private String directoryContent() {
    return new JSONBuilder()
        .put("newNonce", url("/nonce"))
        .put("newAccount", url("/account"))
        .put("newOrder", url("/orders"))
        .toString();
  }

  private String account(HttpExchange exchange, JsonNode head, JsonNode payload)
      throws JoseException {
    if (!payload.path("termsOfServiceAgreed").asBoolean(false)) {
      throw new IllegalArgumentException("the terms are not agreed to");
    }
    thumbprint =
        JsonWebKey.Factory.newJwk(head.get("jwk").toString())
            .calculateBase64urlEncodedThumbprint("SHA-256");
    contacts = payload.path("contact").toString();
    exchange.getResponseHeaders().add("Location", url("/account/1"));
    return "{\"status\":\"valid\",\"contact\":" + (contacts.isEmpty() ? "[]" : contacts) + "}";
  }

  private String order(HttpExchange exchange, JsonNode payload) {
    names.clear();
    valid.clear();
    errors.clear();
    chain = "";
    orders++;
    payload.get("identifiers").forEach(name -> names.add(name.get("value").asString()));
    exchange.getResponseHeaders().add("Location", url("/order/1"));
    return orderContent();
  }

  private String orderContent() {
    var order = new JSONBuilder();
    var ready = valid.containsAll(names) ? "ready" : "pending";
    order.put("status", !errors.isEmpty() ? "invalid" : chain.isEmpty() ? ready : "valid");
    order.array("identifiers", names.stream().map(AcmeTestAuthority::identifier).toList());
    order.array(
        "authorizations",
        IntStream.range(0, names.size()).mapToObj(i -> url("/authorization/" + i)).toList());
    order.put("finalize", url("/finalize"));
    if (!chain.isEmpty()) {
      order.put("certificate", url("/certificate"));
    }
    return order.toString();
  }

  private static Map<String, Object> identifier(String name) {
    return Map.of("type", "dns", "value", name);
  }

  private String statusOf(String name) {
    return errors.containsKey(name) ? "invalid" : valid.contains(name) ? "valid" : "pending";
  }

  private String authorization(int number) {
    var name = names.get(number);
    return "{\"status\":\"%s\",\"identifier\":%s,\"challenges\":[%s]}"
        .formatted(
            statusOf(name),
            new JSONBuilder().put("type", "dns").put("value", name),
            challengeContent(number));
  }

  private String challengeContent(int number) {
    var name = names.get(number);
    var challenge =
        new JSONBuilder()
            .put("type", type)
            .put("url", url("/challenge/" + number))
            .put("token", token(number))
            .put("status", statusOf(name));
    if (errors.containsKey(name)) {
      challenge
          .object("error")
          .put("type", "urn:ietf:params:acme:error:unauthorized")
          .put("detail", errors.get(name));
    }
    return challenge.toString();
  }

  private String token(int number) {
    return "token-" + orders + "_" + number;
  }

  private String challenge(int number) throws Exception {
    var name = names.get(number);
    var token = token(number);
    var problem = validation.validate(name, token, token + "." + thumbprint);
    if (problem.isEmpty()) {
      valid.add(name);
    } else {
      errors.put(name, problem);
    }
    return challengeContent(number);
  }

  private String issue(JsonNode payload) throws Exception {
    var encoded = Base64.getUrlDecoder().decode(payload.get("csr").asString());
    var request = new JcaPKCS10CertificationRequest(encoded);
    var wanted =
        GeneralNames.fromExtensions(
            request.getRequestedExtensions(), Extension.subjectAlternativeName);
    var certificate =
        authority.certify(
            request.getPublicKey(), Arrays.asList(wanted.getNames()), Instant.now(), lifetime);
    chain = PemText.of(certificate) + PemText.of(authority.certificate());
    return orderContent();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
