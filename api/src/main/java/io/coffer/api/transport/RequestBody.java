package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.S3Exception;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request: a bounded queue between the event loop, which puts in what it received,
 * and the thread of the request, which takes it out. When the queue is full the event loop stops
 * reading the connection, and so the client's TCP stops sending. What {@link #next} gives is the
 * buffer that the socket was read into; only tiny pieces that have to queue are copied together.
 *
 * <p>{@code next} and {@code close} belong to the thread of the request; all others to the event
 * loop, except where noted.
 */
final class RequestBody implements Body {
  /** The queue is full when one more read could bring it above this. */
  static final int CAPACITY = 256 * 1024;

  /** The most that one read brings. */
  static final int LARGEST_READ = 64 * 1024;

  /** Pieces up to this length are gathered, since each would keep a whole read alive. */
  private static final int TINY = 1024;

  private static final int GATHERED = 8 * 1024;

  /** More than back-pressure allows: the client has closed, and epoll reads all that it sent. */
  static final int OVERRUN = 4 * CAPACITY;

  /** What a body asks of its connection. */
  interface Source {
    /** Reads on; may be called by any thread. */
    void readMore();

    /** Sends 100 Continue and reads on; may be called by any thread. */
    void sendContinue();
  }

  private final Source source;
  private final long length;
  private final List<String> announcedTrailers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();

  // Under the lock.
  private int queued;
  private @Nullable ByteBuf gathering;
  private long received;
  private boolean ended;
  private boolean dropped;
  private boolean continueDue;
  private boolean readingPaused;
  private boolean finished;
  private long waitingSince;
  private @Nullable String lost;
  private @Nullable Throwable lostBecause;
  private @Nullable S3Exception malformed;
  private Map<String, String> trailers = Map.of();

  // Of the thread of the request.
  private @Nullable ByteBuf current;

  RequestBody(AcceptedHead accepted, Source source) {
    this.source = source;
    this.length = accepted.bodyLength();
    this.announcedTrailers = accepted.announcedTrailers();
    this.continueDue = accepted.expectsContinue();
    this.readingPaused = continueDue;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public List<String> announcedTrailers() {
    return announcedTrailers;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    releaseCurrent();
    askForContinue();
    boolean readOn = false;
    lock.lock();
    try {
      awaitPiece();
      current = queue.poll();
      if (current == null) {
        finished = true;
        return null;
      }
      queued -= current.readableBytes();
      if (queue.isEmpty()) {
        gathering = null;
      }
      if (readingPaused && queued <= CAPACITY / 2) {
        readingPaused = false;
        readOn = true;
      }
    } finally {
      lock.unlock();
    }
    if (readOn) {
      source.readMore();
    }
    return current.nioBuffer().asReadOnlyBuffer();
  }

  private void askForContinue() {
    lock.lock();
    try {
      if (!continueDue) {
        return;
      }
      continueDue = false;
      readingPaused = false;
    } finally {
      lock.unlock();
    }
    source.sendContinue();
  }

  /** Returns when there is a piece or the body has ended well. */
  private void awaitPiece() throws IOException {
    while (true) {
      if (malformed != null) {
        throw malformed;
      }
      if (lost != null) {
        throw new IOException(lost, lostBecause);
      }
      if (dropped) {
        throw new IOException("The body of the request was closed.");
      }
      if (!queue.isEmpty() || ended) {
        return;
      }
      waitingSince = System.nanoTime();
      try {
        arrived.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted while waiting for the client.");
      } finally {
        waitingSince = 0;
      }
    }
  }

  @Override
  public Map<String, String> trailers() {
    lock.lock();
    try {
      return finished ? trailers : Map.of();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    releaseCurrent();
    drop();
  }

  private void releaseCurrent() {
    if (current != null) {
      current.release();
      current = null;
    }
  }

  /** Takes over {@code piece}. */
  void offer(ByteBuf piece) {
    lock.lock();
    try {
      received += piece.readableBytes();
      if (dropped || lost != null || malformed != null || !piece.isReadable()) {
        piece.release();
        return;
      }
      queued += piece.readableBytes();
      enqueue(piece);
      if (queued > OVERRUN) {
        loseHoldingLock("The client closed the connection with too much left to read.", null);
      }
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(ByteBuf piece) {
    int size = piece.readableBytes();
    if (queue.isEmpty() || size > TINY) {
      gathering = null;
      queue.add(piece);
      return;
    }
    if (gathering == null || gathering.writableBytes() < size) {
      gathering = piece.alloc().directBuffer(GATHERED, GATHERED);
      queue.add(gathering);
    }
    gathering.writeBytes(piece);
    piece.release();
  }

  /** The last byte was offered. */
  void end(Map<String, String> trailingFields) {
    lock.lock();
    try {
      trailers = trailingFields;
      ended = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The framing is broken. */
  void fail(S3Exception framing) {
    lock.lock();
    try {
      malformed = framing;
      releaseQueue();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The client is gone or has been given up; nothing happens if the body had ended before. */
  void lose(String message, @Nullable Throwable cause) {
    lock.lock();
    try {
      if (!ended) {
        loseHoldingLock(message, cause);
      }
    } finally {
      lock.unlock();
    }
  }

  private void loseHoldingLock(String message, @Nullable Throwable cause) {
    if (lost == null) {
      lost = message;
      lostBecause = cause;
    }
    releaseQueue();
    arrived.signal();
  }

  /** Forgets what is queued and what is still to come. Any thread. */
  void drop() {
    lock.lock();
    try {
      dropped = true;
      releaseQueue();
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  private void releaseQueue() {
    for (var piece = queue.poll(); piece != null; piece = queue.poll()) {
      piece.release();
    }
    queued = 0;
    gathering = null;
  }

  /** Whether the connection should be read now; if not, {@link Source} hears when. */
  boolean wantsMore() {
    lock.lock();
    try {
      if (ended || dropped || lost != null || malformed != null || continueDue) {
        return false;
      }
      readingPaused = queued + LARGEST_READ > CAPACITY;
      return !readingPaused;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that are still to be received: 0 if none, -1 if nobody knows. Any thread. */
  long leftover() {
    lock.lock();
    try {
      if (ended) {
        return 0;
      }
      return length < 0 ? -1 : length - received;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the connection cannot be used after this body. Any thread. */
  boolean spoilsConnection() {
    lock.lock();
    try {
      return lost != null || malformed != null || continueDue;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the client is gone or given up. Any thread. */
  boolean isLost() {
    lock.lock();
    try {
      return lost != null;
    } finally {
      lock.unlock();
    }
  }

  /** Since when the request waits for bytes, in {@link System#nanoTime}, or 0. Any thread. */
  long waitingSince() {
    lock.lock();
    try {
      return waitingSince;
    } finally {
      lock.unlock();
    }
  }
}
