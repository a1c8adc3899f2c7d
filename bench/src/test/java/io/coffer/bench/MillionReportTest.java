package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.bench.MillionReport.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MillionReportTest {
  private final Endpoint first = new Endpoint("first", "h", 1, "a", "s", 7);
  private final Endpoint second = new Endpoint("second", "h", 2, "a", "s", 0);

  private static Round round(long requests, long entries) {
    return new Round(
        requests, entries, 0, null, 2, 40_000, 1.5, 2, new ProcessUsage(0, 100 << 20, 200 << 20));
  }

  @Test
  void ratiosAreToTheFirstServerAndToTheFirstBucket() {
    Map<Place, List<Round>> rounds = new LinkedHashMap<>();
    rounds.put(new Place(first, 10), List.of(round(1000, 1_000_000)));
    rounds.put(new Place(first, 1000), List.of(round(1000, 800_000)));
    rounds.put(new Place(second, 10), List.of(round(500, 500_000)));
    rounds.put(new Place(second, 1000), List.of(round(100, 100_000), round(300, 300_000)));
    assertEquals(
        """
        | flat | 8 | first | 10 | 500,000 | 500,000–500,000 | 1.00 | 1.00 | 500 | 40.0 | 1.00 | 1.50 | 2.00 | 0 | 100 |
        | flat | 8 | first | 1,000 | 400,000 | 400,000–400,000 | 1.00 | 0.80 | 500 | 40.0 | 1.00 | 1.50 | 2.00 | 0 | 100 |
        | flat | 8 | second | 10 | 250,000 | 250,000–250,000 | 0.50 | 1.00 | 250 | – | – | 1.50 | 2.00 | 0 | – |
        | flat | 8 | second | 1,000 | 100,000 | 50,000–150,000 | 0.25 | 0.40 | 100 | – | – | 1.50 | 2.00 | 0 | – |
        """,
        MillionReport.lines("flat", 8, rounds));
  }

  @Test
  void fillingIsShownWithItsSlowestTenth() {
    var filling =
        new Filling(round(1000, 1000), new double[] {600, 500, 500, 500, 500, 500, 5, 5, 5, 400});
    assertEquals(
        "| 1,000 | first | 500 | 5.00–600 | 400 | 40.0 | 1.50 | 2.00 | 0 | 100 | 200 |\n",
        MillionReport.filling(new Place(first, 1000), filling));
  }

  @Test
  void afterDeletesComparesWithBefore() {
    assertEquals(
        """
        | get4k | 8 | second | before | 500 | 500–500 | 1.00 | – | – | 1.50 | 2.00 | 0 | – |
        | get4k | 8 | second | first window after | 250 | 250–250 | 0.50 | – | – | 1.50 | 2.00 | 0 | – |
        | get4k | 8 | second | all after | 400 | 250–500 | 0.80 | – | – | 1.50 | 2.00 | 0 | – |
        """,
        AfterDeletesReport.lines(
            "get4k",
            8,
            second,
            List.of(round(1000, 0)),
            List.of(round(500, 0), round(800, 0), round(1000, 0))));
  }

  @Test
  void worksHaveTheNamesThatTheHelpSays() {
    assertEquals(MillionWork.DEEP, MillionWork.parse("deep"));
    assertThrows(IllegalArgumentException.class, () -> MillionWork.parse("DEEP"));
  }
}
