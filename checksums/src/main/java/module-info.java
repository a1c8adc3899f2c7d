/** The checksum algorithms of S3, streaming and combined. Depends on nothing. */
module io.coffer.checksums {
  requires static transitive org.jspecify;
  requires com.dynatrace.hash4j;

  exports io.coffer.checksums;
}
