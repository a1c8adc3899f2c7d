package io.coffer.storage.files;

/**
 * Debts of one kind, gathered until the first of them is due. It holds a bounded number of files:
 * above half of it, it is due at once; above all of it, writers wait. Guarded by its owner's lock.
 */
final class DebtQueue {
  private final int filesAtMost;
  private Debt gathered = new Debt();
  private boolean rows;
  private boolean due;
  private long dueNanos;
  private int beingPaid;

  DebtQueue(int filesAtMost) {
    this.filesAtMost = filesAtMost;
  }

  /**
   * @param rows whether rows were written that are not durable yet
   */
  void add(Debt debt, boolean rowsToo, long now) {
    boolean first = isEmpty();
    gathered.add(debt);
    rows |= rowsToo;
    long at = now + debt.withinNanos();
    dueNanos = first ? at : dueNanos + Math.min(0, at - dueNanos);
    due |= gathered.size() > filesAtMost / 2;
  }

  boolean isEmpty() {
    return !rows && gathered.size() == 0;
  }

  /** Nanoseconds until it has to be paid, 0 or less when that is now; MAX_VALUE for never. */
  long waitNanos(long now) {
    if (isEmpty()) {
      return Long.MAX_VALUE;
    }
    return due ? 0 : dueNanos - now;
  }

  /** Rows are durable: the log is one. */
  void rowsAreDurable() {
    rows = false;
  }

  /** Takes all, to be followed by {@link #paid}. */
  Debt take() {
    var taken = gathered;
    gathered = new Debt();
    beingPaid = taken.size();
    due = false;
    rows = false;
    return taken;
  }

  void paid() {
    beingPaid = 0;
  }

  boolean isFull() {
    return gathered.size() + beingPaid > filesAtMost;
  }

  boolean hasRows() {
    return rows;
  }
}
