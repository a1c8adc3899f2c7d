/**
 * HTTP/1.1 on sockets: the only package that knows Netty. Event loops decode and write; each
 * request is handled by blocking code on a virtual thread of its own ({@link
 * io.coffer.api.transport.ExchangeHandler}).
 *
 * <p>A client that closes its side of a connection is taken for gone, as soon as that is noticed.
 *
 * <p>A program that starts an {@link io.coffer.api.transport.HttpServer} should be launched with
 * {@code --enable-native-access=ALL-UNNAMED} (epoll and the release of direct memory; without it
 * the JDK warns). Nothing else is needed: the buffers come from an allocator of the server's own,
 * so no {@code io.netty.*} property has to be set.
 */
package io.coffer.api.transport;
