/**
 * Commands that measure an S3 server beside its peers. Plain blocking sockets, cheap on purpose.
 */
@org.jspecify.annotations.NullMarked
package io.coffer.bench;
