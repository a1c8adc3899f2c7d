package io.coffer.model;

/** Where in an HTTP message a member of a request or response lives. */
public enum Location {
  /** A label of the path: bucket or key. */
  LABEL,
  /** A parameter of the query. */
  QUERY,
  /** One header. */
  HEADER,
  /** All headers that start with a prefix (user metadata), as a map. */
  HEADER_PREFIX,
  /** The status code. */
  STATUS,
  /** The whole body: a stream, a string, or an XML document with a root of its own. */
  PAYLOAD,
  /** An element of the XML body. */
  ELEMENT,
  /** An attribute of the XML element. */
  ATTRIBUTE
}
