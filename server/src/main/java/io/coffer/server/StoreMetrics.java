package io.coffer.server;

import io.coffer.service.Figures;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.Usage;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.files.Health;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is measured of storage and background work, asked for when somebody looks. */
final class StoreMetrics {
  private final PrometheusRegistry registry;
  private final Storage storage;
  private final Supplier<Figures> figures;

  private StoreMetrics(PrometheusRegistry registry, Storage storage, Supplier<Figures> figures) {
    this.registry = registry;
    this.storage = storage;
    this.figures = figures;
  }

  static void register(
      PrometheusRegistry registry, Storage storage, Supplier<Figures> figures, long reserveBytes) {
    var metrics = new StoreMetrics(registry, storage, figures);
    metrics.gauge(
        "coffer_disk_reserve_bytes",
        "Room below which writes are refused (--disk-reserve).",
        now -> reserveBytes);
    metrics.addStorage();
    metrics.addHealth();
    metrics.addReads();
    metrics.addScrub();
    metrics.addCollector();
    Info.builder()
        .name("coffer_build_info")
        .help("The version of this program.")
        .labelNames("version")
        .register(registry)
        .setLabelValues(Version.text());
  }

  private void addStorage() {
    usage("coffer_rows_bytes", "Bytes of rows, and of blobs beside them.", Usage::rowBytes);
    usage("coffer_blobs_bytes", "Bytes of blobs in files of their own.", Usage::blobBytes);
    usage("coffer_disk_free_bytes", "Room that is left for data.", Usage::freeBytes);
  }

  private void usage(String name, String help, ToDoubleFunction<Usage> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> usage().ifPresent(usage -> gauge.call(value.applyAsDouble(usage))))
        .register(registry);
  }

  private Optional<Usage> usage() {
    try {
      return Optional.of(storage.usage());
    } catch (StorageException e) {
      return Optional.empty(); // the rest of the page is still of use
    }
  }

  private void addHealth() {
    GaugeWithCallback.builder()
        .name("coffer_health")
        .help("1 for the state that the storage is in, 0 for the others.")
        .labelNames("state")
        .callback(
            gauge -> {
              var state = state();
              for (var name : new String[] {"sound", "no_room", "read_only"}) {
                gauge.call(name.equals(state) ? 1 : 0, name);
              }
            })
        .register(registry);
  }

  private String state() {
    if (!(storage instanceof FilesStorage files)) {
      return "sound";
    }
    return switch (files.health()) {
      case Health.Sound sound -> "sound";
      case Health.NoRoom room -> "no_room";
      case Health.ReadOnly readOnly -> "read_only";
    };
  }

  private void addReads() {
    counter(
        "coffer_damaged_reads_total",
        "Reads that met damaged bytes; the log has bucket and key.",
        Figures::damagedReads);
  }

  private void addScrub() {
    gauge(
        "coffer_scrub_pass",
        "The pass that the check in the background is in, or that ended last.",
        now -> now.scrub().pass());
    gauge(
        "coffer_scrub_last_pass_end_timestamp_seconds",
        "When a pass ended last, in seconds since 1970; 0 for never.",
        now -> now.scrub().lastEndSeconds());
    counter(
        "coffer_scrub_objects_total",
        "Versions and uploads that the check in the background has checked.",
        now -> now.scrub().objects());
    counter(
        "coffer_scrub_blobs_total",
        "Blobs that the check in the background has checked.",
        now -> now.scrub().blobs());
    counter(
        "coffer_scrub_bytes_total",
        "Bytes that the check in the background has read.",
        now -> now.scrub().bytes());
    counter(
        "coffer_scrub_damage_found_total",
        "Findings of damage by the check in the background, in every pass anew.",
        now -> now.scrub().damageFound());
    gauge(
        "coffer_known_damage",
        "Places that are known to be damaged; the log has bucket and key.",
        now -> now.scrub().knownDamage());
  }

  private void addCollector() {
    gauge(
        "coffer_collector_backlog",
        "Uploads and deleted buckets whose remains are still to be removed.",
        Figures::collectorBacklog);
    counter(
        "coffer_collector_removed_rows_total",
        "Rows that were removed in the background.",
        Figures::collectorRows);
    counter(
        "coffer_collector_released_blobs_total",
        "Blobs that were released in the background.",
        Figures::collectorBlobs);
  }

  private void gauge(String name, String help, ToDoubleFunction<Figures> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.applyAsDouble(figures.get())))
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<Figures> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call(value.applyAsDouble(figures.get())))
        .register(registry);
  }
}
