/**
 * What the layers say to each other about a request: its head, its body, its errors, and the
 * service model as data. Null is allowed only where it says {@code @Nullable}.
 */
@NullMarked
package io.coffer.model;

import org.jspecify.annotations.NullMarked;
