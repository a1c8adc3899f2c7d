package io.coffer.bench;

/**
 * What loading a bucket was like.
 *
 * @param rates objects per second in each tenth of it
 */
record Filling(Round round, double[] rates) {}
