package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void eachNumberIsDoneOnceAndTenthsAreTold() {
    var queue = new WorkQueue(25, told::add);
    for (long i = 0; i < 25; i++) {
      assertFalse(queue.complete());
      assertEquals(i, queue.take());
      queue.done();
    }
    assertEquals(WorkQueue.NONE, queue.take());
    assertTrue(queue.complete());
    assertEquals(10, told.size(), told.toString());
    assertEquals("25 of 25", told.getLast());
    assertTrue(Arrays.stream(queue.rates()).allMatch(rate -> rate > 0));
  }

  @Test
  void whatFailsIsDoneAgain() {
    var queue = new WorkQueue(2, told::add);
    queue.failed(queue.take());
    assertEquals(0, queue.take());
    queue.done();
    assertEquals(1, queue.take());
    assertThrows(IllegalStateException.class, queue::rates);
  }

  @Test
  void whenTooMuchFailsThereIsNoMoreToDo() {
    var queue = new WorkQueue(1000, told::add);
    for (int i = 0; i <= 100; i++) {
      assertEquals(0, queue.take());
      queue.failed(0);
    }
    assertEquals(WorkQueue.NONE, queue.take());
    assertFalse(queue.complete());
  }

  @Test
  void aDeletionThatSays200AndThenAnErrorHasFailed() throws IOException {
    var queue = new WorkQueue(1, told::add);
    var job = new QueueJob(queue, number -> new Request(new byte[0], 0, 0, true));
    job.next();
    job.receiver()
        .receive(
            ByteBuffer.wrap(
                "<DeleteResult><Error><Key>k</Key></Error></DeleteResult>"
                    .getBytes(StandardCharsets.US_ASCII)));
    assertThrows(IOException.class, () -> job.judge(new ResponseHead(200, "\r\n")));
    job.failed();
    assertEquals(0, queue.take());
    job.receiver();
    assertEquals(1, job.judge(new ResponseHead(200, "\r\n")));
    assertTrue(queue.complete());
  }
}
