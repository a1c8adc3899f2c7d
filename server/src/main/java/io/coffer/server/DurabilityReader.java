package io.coffer.server;

import io.coffer.service.BucketName;
import io.coffer.service.Durabilities;
import io.coffer.storage.Durability;
import java.time.Duration;
import java.util.HashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads when writes have to be durable, of the server and of buckets. */
final class DurabilityReader {
  private static final Pattern GROUP = Pattern.compile("group=([0-9]{1,5})ms");
  private static final String MODES =
      "sync, relaxed, or group=Nms with N from 1 to 10000, such as group=50ms";

  private DurabilityReader() {}

  /**
   * The choices that the settings make.
   *
   * @throws UsageException one is none, or a bucket has two
   */
  static Durabilities read(SettingValues values) {
    var text = values.text(Setting.DURABILITY);
    var byDefault = parse(text);
    if (byDefault == null) {
      throw wrong(Setting.DURABILITY, MODES, text);
    }
    var byBucket = new HashMap<String, Durability>();
    for (var choice : values.list(Setting.BUCKET_DURABILITY)) {
      int equals = choice.indexOf('=');
      var bucket = choice.substring(0, Math.max(0, equals));
      var durability = parse(choice.substring(equals + 1));
      if (durability == null || !BucketName.isLegal(bucket)) {
        throw wrong(Setting.BUCKET_DURABILITY, "the name of a bucket, '=', and " + MODES, choice);
      }
      if (byBucket.put(bucket, durability) != null) {
        throw UsageException.wrong(
            "%s has bucket %s twice."
                .formatted(SettingValues.names(Setting.BUCKET_DURABILITY), bucket));
      }
    }
    return new Durabilities(byDefault, byBucket);
  }

  private static @Nullable Durability parse(String text) {
    if (text.equals("sync")) {
      return Durability.SYNC;
    }
    if (text.equals("relaxed")) {
      return Durability.RELAXED;
    }
    var group = GROUP.matcher(text);
    if (!group.matches()) {
      return null;
    }
    var within = Duration.ofMillis(Long.parseLong(group.group(1)));
    boolean inBounds =
        within.compareTo(Durability.Group.SHORTEST) >= 0
            && within.compareTo(Durability.Group.LONGEST) <= 0;
    return inBounds ? new Durability.Group(within) : null;
  }

  private static UsageException wrong(Setting setting, String wanted, String given) {
    return UsageException.wrong(
        "%s must be %s, not '%s'.".formatted(SettingValues.names(setting), wanted, given));
  }
}
