/** HTTP, routing, binding, XML, errors. */
module io.coffer.api {
  requires static transitive org.jspecify;
  requires transitive io.coffer.model;
  requires transitive io.coffer.auth;
  requires transitive io.coffer.service;
  requires java.xml;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;

  exports io.coffer.api;
  exports io.coffer.api.limits;
  exports io.coffer.api.transport;
}
