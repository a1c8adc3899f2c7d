package io.coffer.service;

/**
 * What the service layer did since it began, and where it stands.
 *
 * @param damagedReads how often somebody read bytes that are damaged
 * @param collectorBacklog uploads and buckets that are still to be removed
 * @param collectorRows rows that were removed in the background
 * @param collectorBlobs blobs that were released in the background
 * @param scrub of the check in the background
 */
public record Figures(
    long damagedReads,
    long collectorBacklog,
    long collectorRows,
    long collectorBlobs,
    ScrubFigures scrub) {

  /**
   * Of the check in the background; all zero where there is none.
   *
   * @param pass the pass it is in, or that ended last
   * @param lastEndSeconds when a pass ended last, since 1970; 0 for never
   * @param objects versions and uploads checked since the start
   * @param blobs checked since the start
   * @param bytes read since the start
   * @param damageFound findings since the start, in this pass and earlier ones
   * @param knownDamage places that are known to be damaged now
   */
  public record ScrubFigures(
      long pass,
      double lastEndSeconds,
      long objects,
      long blobs,
      long bytes,
      long damageFound,
      long knownDamage) {}
}
