package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Delete;
import io.coffer.model.s3.Tagging;
import io.coffer.model.s3.VersioningConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
  private final XmlReader reader = new XmlReader();

  private Delete delete(String document) {
    return reader.read(Delete.SHAPE, "Delete", document.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> keys(Delete delete) {
    var objects = delete.objects();
    return objects == null ? List.of() : objects.stream().map(o -> o.key()).toList();
  }

  @Test
  void namespacesAreToleratedAndNotDemanded() {
    assertEquals(List.of("k"), keys(delete("<Delete><Object><Key>k</Key></Object></Delete>")));
    assertEquals(
        List.of("k"),
        keys(
            delete(
                "<?xml version='1.0'?><s:Delete xmlns:s='urn:x'><s:Object><s:Key>k</s:Key>"
                    + "</s:Object></s:Delete>")));
  }

  @Test
  void keysAreReadExactly() {
    assertEquals(
        List.of(" a&b<c>\r\n\"' ", "x<y", ""),
        keys(
            delete(
                "<Delete><Object><Key> a&amp;b&lt;c&gt;&#13;&#xA;&quot;&apos; </Key></Object>"
                    + "<Object><Key><![CDATA[x<y]]></Key></Object><Object><Key/></Object>"
                    + "</Delete>")));
  }

  @Test
  void unknownElementsCommentsAndInstructionsAreIgnored() {
    var delete =
        delete(
            "<Delete> <!-- hello --><?x y?> <Quiet> true </Quiet><New a='b'><Deep>1</Deep></New>"
                + "<Object><Key>k</Key><ETag>\"e\"</ETag></Object> </Delete> <!-- end -->");
    assertEquals(Boolean.TRUE, delete.quiet());
    assertEquals(List.of("k"), keys(delete));
  }

  @Test
  void anEmptyWrappedListIsNotAnAbsentOne() {
    var bytes = "<Tagging><TagSet/></Tagging>".getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of(), reader.read(Tagging.SHAPE, "Tagging", bytes).tagSet());
    var empty = "<VersioningConfiguration/>".getBytes(StandardCharsets.UTF_8);
    assertNull(
        reader.read(VersioningConfiguration.SHAPE, "VersioningConfiguration", empty).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "<Delete>",
        "<Delete></Deleted>",
        "<Delete/>",
        "<Remove><Object><Key>k</Key></Object></Remove>",
        "<Delete><Object/></Delete>",
        "<Delete><Object><Key>k</Key></Object><Quiet>maybe</Quiet></Delete>",
        "<Delete><Object><Key>k</Key><Size>1.5</Size></Object></Delete>",
        "<Delete><Object><Key>k<b/></Key></Object></Delete>",
        "<Delete><Object><Key>k</Key><Key>l</Key></Object></Delete>",
        "<Delete>text<Object><Key>k</Key></Object></Delete>",
        "<Delete><Object><Key>k</Key></Object></Delete><Delete/>",
        "<Delete><Object><Key>\u0001</Key></Object></Delete>",
        "<Delete><Object><Key>&nbsp;</Key></Object></Delete>",
        "<!DOCTYPE Delete><Delete><Object><Key>k</Key></Object></Delete>",
        "<!DOCTYPE d [<!ENTITY e 'x'>]><Delete><Object><Key>&e;</Key></Object></Delete>",
        "<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Delete><Object><Key>&e;</Key>"
            + "</Object></Delete>",
      })
  void whatIsNotADocumentOfItsKindIsMalformed(String document) {
    var refusal = assertThrows(S3Exception.class, () -> delete(document));
    assertEquals(S3Error.MALFORMED_XML, refusal.error());
  }

  @Test
  void depthIsBounded() {
    var deep = "<Delete>" + "<x>".repeat(100_000);
    var refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> assertThrows(S3Exception.class, () -> delete(deep)));
    assertEquals(S3Error.MALFORMED_XML, refusal.error());
  }

  @Test
  void brokenBytesAreMalformedAndNothingElse() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var good =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Delete xmlns=\"urn:x\"><Quiet>true</Quiet>"
            + "<Object><Key>a&amp;b&#13;é</Key><VersionId>1</VersionId></Object></Delete>";
    for (int i = 0; i < 5_000; i++) {
      var bytes = good.getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        reader.read(Delete.SHAPE, "Delete", bytes);
      } catch (S3Exception e) {
        assertEquals(S3Error.MALFORMED_XML, e.error(), () -> "seed " + seed);
      }
    }
  }
}
