package io.coffer.api;

import io.coffer.api.limits.Meter;
import io.coffer.api.limits.RequestSlot;
import io.coffer.api.transport.Exchange;
import io.coffer.auth.Caller;
import io.coffer.auth.Payload;
import io.coffer.auth.RequestSignature;
import io.coffer.model.Body;
import io.coffer.model.Origin;
import io.coffer.model.RequestHead;
import io.coffer.service.Circumstances;
import io.coffer.service.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One request on its way through: what is known of it so far. Used by one thread at a time. */
final class Call {
  private final Exchange exchange;
  private final RequestId id;
  private final Instant time;
  private final long startNanos;
  private final CountingBody body;
  private final Origin origin;
  private final RequestSlot slot;
  private @Nullable Address address;
  private @Nullable String service;
  private @Nullable String operation;
  private @Nullable Caller caller;
  private @Nullable Meter meter;
  private @Nullable Decision decision;
  private @Nullable String errorCode;
  private Sent sent = new Sent(0, new CountingBody(Body.empty()));

  /**
   * @param slot what it holds of the limits
   */
  Call(Exchange exchange, Origin origin, RequestSlot slot, RequestId id, Instant time, long nanos) {
    this.origin = origin;
    this.slot = slot;
    this.exchange = exchange;
    this.id = id;
    this.time = time;
    this.startNanos = nanos;
    this.body = new CountingBody(exchange.body());
  }

  RequestHead head() {
    return exchange.head();
  }

  Exchange exchange() {
    return exchange;
  }

  /** Where it came from, as far as that can be believed. */
  Origin origin() {
    return origin;
  }

  RequestId id() {
    return id;
  }

  Instant time() {
    return time;
  }

  /** The body as HTTP delimits it. */
  Body body() {
    return body;
  }

  RequestSlot slot() {
    return slot;
  }

  /** What the bodies wait for; null when there is no limit to their account. */
  @Nullable Meter meter() {
    return meter;
  }

  void meterBy(@Nullable Meter wanted) {
    meter = wanted;
    if (wanted != null) {
      body.meterBy(wanted);
    }
  }

  boolean isHead() {
    return head().method().equals("HEAD");
  }

  void isFor(Address target) {
    address = target;
  }

  /** Takes the service's name in credential scopes. */
  void asks(String known) {
    service = known;
  }

  /** Takes AWS's name of the operation. */
  void means(String known) {
    operation = known;
  }

  void isFrom(Caller known) {
    caller = known;
  }

  void isDecided(Decision known) {
    decision = known;
  }

  /** What the service layer may know of it, where how it was signed is no condition. */
  Context context(Caller known) {
    return context(known, null);
  }

  /** What the service layer may know of it. */
  Context context(Caller known, @Nullable RequestSignature signature) {
    var headers = head().headers();
    return new Context(
        known,
        id.id(),
        new Circumstances(
            origin,
            time,
            headers.first("User-Agent"),
            headers.first("Referer"),
            signature,
            headers.first(Payload.HEADER)));
  }

  void failed(String code) {
    errorCode = code;
    if (decision == Decision.ALLOWED && Decision.isDenial(code)) {
      decision = Decision.DENIED;
    }
  }

  /** How it was answered; status 0 when it was not. */
  record Sent(int status, CountingBody body) {}

  Sent sent() {
    return sent;
  }

  void sent(Sent answer) {
    sent = answer;
  }

  /** What errors call the resource. */
  String resource() {
    return address == null ? head().path() : address.resource();
  }

  /** The line of the access log. */
  AccessEntry entry(long nanos) {
    var known = caller instanceof Caller.Known somebody ? somebody : null;
    return new AccessEntry(
        time,
        origin.source().getHostAddress(),
        origin.secure(),
        origin.tlsVersion(),
        known == null ? null : known.account().id(),
        known == null ? null : known.accessKeyId(),
        known == null ? null : known.arn(),
        decision,
        head().method(),
        service,
        operation,
        address == null ? null : address.bucket(),
        address == null ? null : address.key(),
        sent.status(),
        errorCode,
        body.count(),
        sent.body().count(),
        (nanos - startNanos) / 1_000,
        id.id(),
        head().headers().first("User-Agent"));
  }
}
