package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ListingPageTest {
  private static final String PAGE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListVersionsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <IsTruncated>true</IsTruncated><NextKeyMarker>b&amp;c</NextKeyMarker>
        <Version><Key>a</Key><VersionId>2</VersionId><IsLatest>true</IsLatest>
          <ETag>&#34;0a&#34;</ETag><Size>5</Size><Owner><ID>x</ID></Owner></Version>
        <DeleteMarker><Key>b&amp;c</Key><VersionId>1</VersionId><IsLatest>false</IsLatest>
        </DeleteMarker>
        <Name>bucket</Name>
      </ListVersionsResult>
      """;

  @Test
  void entriesAndFieldsAreKeptApart() throws IOException {
    var page = ListingPage.parse(PAGE);
    assertTrue(page.truncated());
    assertEquals("b&c", page.fields().get("NextKeyMarker"));
    assertEquals("bucket", page.fields().get("Name"));
    assertFalse(page.fields().containsKey("Key"));
    assertEquals(List.of("Version", "DeleteMarker"), kinds(page));
    var version = page.entries().getFirst();
    assertEquals("0a", version.get("ETag"));
    assertEquals(5, version.number("Size"));
    assertFalse(version.fields().containsKey("ID"));
    assertEquals("b&c", page.entries().getLast().get("Key"));
    assertThrows(IOException.class, () -> page.entries().getLast().get("ETag"));
  }

  private static List<String> kinds(ListingPage page) {
    return page.entries().stream().map(ListingPage.Entry::kind).toList();
  }

  @Test
  void whatIsNoXmlIsAnError() {
    assertThrows(IOException.class, () -> ListingPage.parse("<a><b></a>"));
  }

  private static Inventory inventory() {
    return new Inventory(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
  }

  @Test
  void listingsThatContradictEachOtherAreReported() throws IOException {
    var versions = ListingPage.parse(PAGE).entries();
    var sound = inventory();
    sound.check("/v", versions, List.of(versions.getFirst()));
    // The marker is not the latest version of its key, and there is no other.
    assertEquals(1, sound.complaints().size(), sound.complaints().toString());
    var missing = inventory();
    missing.check("/v", versions, List.of());
    assertEquals(2, missing.complaints().size(), missing.complaints().toString());
    var unordered = inventory();
    var reversed = List.of(entry("b"), entry("a"));
    unordered.check("/v", reversed, reversed);
    assertEquals(1, unordered.complaints().size(), unordered.complaints().toString());
  }

  private static ListingPage.Entry entry(String key) throws IOException {
    var xml =
        "<R><Version><Key>%s</Key><IsLatest>true</IsLatest><ETag>e</ETag><Size>1</Size>"
            + "</Version></R>";
    return ListingPage.parse(xml.formatted(key)).entries().getFirst();
  }
}
