package io.coffer.bench;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * One page of any of S3's listings.
 *
 * @param fields texts right below the root, such as IsTruncated
 * @param entries what is listed, in order
 */
record ListingPage(Map<String, String> fields, List<Entry> entries) {
  private static final Set<String> ENTRIES =
      Set.of("Contents", "Version", "DeleteMarker", "Upload", "Part");

  /**
   * One thing that is listed.
   *
   * @param kind Contents, Version, DeleteMarker, Upload or Part
   * @param fields the texts below it, ETags without quotes
   */
  record Entry(String kind, Map<String, String> fields) {
    /**
     * @throws IOException if the entry has no such field
     */
    String get(String name) throws IOException {
      var value = fields.get(name);
      if (value == null) {
        throw new IOException("a listing has a " + kind + " without " + name + ": " + fields);
      }
      return value;
    }

    long number(String name) throws IOException {
      return Long.parseLong(get(name));
    }
  }

  boolean truncated() {
    return "true".equals(fields.get("IsTruncated"));
  }

  /**
   * @throws IOException if it is not well-formed
   */
  static ListingPage parse(String xml) throws IOException {
    var factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return read(factory.createXMLStreamReader(new StringReader(xml)));
    } catch (XMLStreamException e) {
      throw new IOException("a listing is no XML: " + e.getMessage(), e);
    }
  }

  private static ListingPage read(XMLStreamReader reader) throws XMLStreamException {
    var page = new ListingPage(new HashMap<>(), new ArrayList<>());
    var target = page.fields;
    var text = new StringBuilder();
    int depth = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamReader.START_ELEMENT -> {
          text.setLength(0);
          if (++depth == 2) {
            var name = reader.getLocalName();
            target = ENTRIES.contains(name) ? new HashMap<>() : page.fields;
            if (target != page.fields) {
              page.entries.add(new Entry(name, target));
            }
          }
        }
        case XMLStreamReader.CHARACTERS -> text.append(reader.getText());
        case XMLStreamReader.END_ELEMENT -> {
          boolean belongs = depth == (target == page.fields ? 2 : 3);
          if (belongs) {
            var name = reader.getLocalName();
            target.put(name, name.equals("ETag") ? text.toString().replace("\"", "") : text + "");
          }
          depth--;
        }
        default -> {
          // declarations and comments say nothing
        }
      }
    }
    return page;
  }
}
