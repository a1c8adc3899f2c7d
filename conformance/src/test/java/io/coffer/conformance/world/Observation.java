package io.coffer.conformance.world;

import io.coffer.conformance.world.Op.Query;
import io.coffer.conformance.world.Op.Version;
import io.coffer.conformance.world.Op.Where;
import java.util.ArrayList;
import java.util.List;

/** The steps that look at everything that a store holds by the model. */
final class Observation {
  private static final int PAGE = 1_000;

  private Observation() {}

  /** Numbered below all that a workload has. */
  static List<Step> of(Model model) {
    var ops = new ArrayList<Op>();
    ops.add(new Op.ListBuckets());
    model.buckets.forEach((name, bucket) -> addBucket(ops, name, bucket));
    var steps = new ArrayList<Step>();
    for (var op : ops) {
      steps.add(new Step(-1 - steps.size(), op));
    }
    return steps;
  }

  private static void addBucket(List<Op> ops, String name, Model.Bucket bucket) {
    ops.add(new Op.GetVersioning(name));
    ops.add(new Op.ListObjects(name, new Query("", "", PAGE, "")));
    ops.add(new Op.ListVersions(name, new Query("", "", PAGE, "")));
    ops.add(new Op.ListUploads(name, new Query("", "", PAGE, "")));
    bucket.versions.forEach(
        (key, versions) -> {
          var at = new Where(name, key);
          for (var version : versions) {
            ops.add(new Op.Get(at, named(version), null));
          }
          ops.add(new Op.GetTags(at, named(versions.getLast())));
          ops.add(new Op.Get(at, Version.CURRENT, null));
        });
    bucket.uploads.forEach(
        (step, upload) -> ops.add(new Op.ListParts(new Where(name, upload.key()), step)));
  }

  private static Version named(Model.Version version) {
    return version.id().equals(Model.NULL)
        ? Version.NULL
        : new Version(Integer.parseInt(version.id().substring(1)));
  }
}
