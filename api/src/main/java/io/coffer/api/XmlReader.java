package io.coffer.api;

import static io.coffer.model.S3Error.MALFORMED_XML;

import io.coffer.model.Builder;
import io.coffer.model.S3Exception;
import io.coffer.model.Shape;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * Reads documents of the model, in UTF-8 as all of S3 are. There are no DTDs and no entities but
 * XML's own; namespaces are tolerated and not demanded; unknown elements are ignored. What is not
 * well-formed or not what the model says is MalformedXML. Thread-safe.
 */
final class XmlReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final XMLInputFactory factory;

  XmlReader() {
    factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
  }

  /**
   * Reads a whole document.
   *
   * @param rootName what its root must be called
   * @param document its bytes, of bounded length
   * @throws S3Exception MalformedXML
   */
  <R> R read(Shape<R> shape, String rootName, byte[] document) {
    var builder = shape.builder().get();
    readInto(builder, shape, rootName, document);
    return builder.build();
  }

  /** Like {@link #read}, of a record whose other members come from elsewhere. */
  <R> void readInto(Builder<R> builder, Shape<R> shape, String rootName, byte[] document) {
    try {
      var events = factory.createXMLStreamReader(new StringReader(text(document)));
      new XmlDocument(events).read(shape, rootName, builder);
    } catch (S3Exception e) {
      throw e;
    } catch (CharacterCodingException | XMLStreamException | RuntimeException e) {
      // the JDK's parser has thrown unchecked exceptions too on bytes that are no XML
      throw MALFORMED_XML.exception();
    }
  }

  /** Decoded here, since the JDK's parser prints bad bytes to the standard error. */
  private static String text(byte[] document) throws CharacterCodingException {
    var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }
}
