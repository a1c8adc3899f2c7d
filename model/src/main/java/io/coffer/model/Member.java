package io.coffer.model;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One member of a shape: where it lives, what it is called there, and how to reach it without
 * reflection.
 *
 * @param name the model's name of the member, such as {@code ContentType}
 * @param location where in the message it lives
 * @param wireName the header, parameter, label, element or attribute; a header prefix in lower case
 * @param type its type
 * @param required whether the model demands it
 * @param constraints what the model demands of its value; of S3, which answers that in its own
 *     ways, only whether it is sensitive
 * @param get reads it from the finished record; null when absent
 * @param set sets it on the record's builder
 * @param <R> the record
 * @param <V> the Java type of the member
 */
public record Member<R, V>(
    String name,
    Location location,
    String wireName,
    Type<V> type,
    boolean required,
    Constraints constraints,
    Function<R, @Nullable V> get,
    BiConsumer<Builder<R>, V> set) {}
