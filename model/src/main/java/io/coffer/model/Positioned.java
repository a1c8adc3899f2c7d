package io.coffer.model;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * A list whose items have places in a longer sequence, of which other lists have the rest: in XML
 * the items of neighbouring members stand in the order of that sequence. To be filled before it is
 * handed on; then immutable.
 *
 * <p>The service model has the entries of ListObjectVersions in two lists; S3 answers them mixed,
 * in the order of keys and versions, and clients rely on that.
 */
public final class Positioned<E> extends AbstractList<E> {
  private final List<E> items = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();

  /**
   * Adds an item.
   *
   * @param position greater than that of the item before it
   */
  public void add(int position, E item) {
    if (!positions.isEmpty() && position <= positions.getLast()) {
      throw new IllegalArgumentException("position " + position + " is not after the last one");
    }
    positions.add(position);
    items.add(item);
  }

  /** The place of an item in the whole sequence. */
  public int position(int index) {
    return positions.get(index);
  }

  @Override
  public E get(int index) {
    return items.get(index);
  }

  @Override
  public int size() {
    return items.size();
  }
}
