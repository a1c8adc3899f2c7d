package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.RequestHead;
import io.coffer.model.s3.Operation;

/**
 * A request that was understood so far: all that its record is bound from.
 *
 * @param operation what it means
 * @param address of bucket and key
 * @param head as it came
 * @param query decoded
 * @param content the body, decoded and verifying itself; not yet read
 */
record Incoming(
    Operation operation, Address address, RequestHead head, QueryString query, Body content) {}
