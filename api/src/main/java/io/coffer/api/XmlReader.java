package io.coffer.api;

import static io.coffer.model.S3Error.MALFORMED_XML;

import io.coffer.model.S3Exception;
import io.coffer.model.Shape;
import java.io.ByteArrayInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * Reads documents of the model. There are no DTDs and no entities but XML's own; namespaces are
 * tolerated and not demanded; unknown elements are ignored. What is not well-formed or not what the
 * model says is MalformedXML. Thread-safe.
 */
final class XmlReader {
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
    try {
      var events = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      return new XmlDocument(events).read(shape, rootName);
    } catch (S3Exception e) {
      throw e;
    } catch (XMLStreamException | RuntimeException e) {
      // the JDK's parser has thrown unchecked exceptions too on bytes that are no XML
      throw MALFORMED_XML.exception();
    }
  }
}
