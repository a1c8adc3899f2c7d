package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(Setting.class)
  void theFirstPlaceThatHasASettingWins(Setting setting) throws IOException {
    var file = Files.writeString(dir.resolve("conf"), setting.key() + "=from the file\n");
    var environment = Map.of(setting.variable(), "from the environment");
    var flags = Map.of(setting, "from the flag");
    assertEquals(setting.defaultValue(), value(setting, Map.of(), Map.of(), null));
    assertEquals("from the file", value(setting, Map.of(), Map.of(), file));
    assertEquals("from the environment", value(setting, Map.of(), environment, file));
    assertEquals("from the flag", value(setting, flags, environment, file));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void anEmptyVariableIsNone(Setting setting) throws IOException {
    var file = Files.writeString(dir.resolve("conf"), setting.key() + "=from the file\n");
    assertEquals("from the file", value(setting, Map.of(), Map.of(setting.variable(), ""), file));
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void eachHasNamesAndADescription(Setting setting) {
    assertTrue(setting.key().matches("[a-z]+(-[a-z]+)*"), setting.key());
    assertTrue(setting.variable().matches("COFFER(_[A-Z]+)+"), setting.variable());
    assertTrue(setting.description().endsWith("."), setting.description());
    assertFalse(setting.parameter().isEmpty());
  }

  private static String value(
      Setting setting,
      Map<Setting, String> flags,
      Map<String, String> environment,
      @Nullable Path file) {
    return SettingValues.of(flags, environment, file).text(setting);
  }

  @Test
  void aListIsSeparatedByCommas() {
    var values = SettingValues.of(Map.of(Setting.DOMAIN, " a.example, b.example,"), Map.of(), null);
    assertEquals(List.of("a.example", "b.example"), values.list(Setting.DOMAIN));
  }

  @Test
  void anUnknownLineOfTheFileIsNamed() throws IOException {
    var file = Files.writeString(dir.resolve("conf"), "adress=127.0.0.1:1\n");
    var error =
        assertThrows(UsageException.class, () -> SettingValues.of(Map.of(), Map.of(), file));
    assertTrue(String.valueOf(error.getMessage()).contains("'adress'"));
  }

  @Test
  void theDocumentIsWhatTheCodeSays() throws IOException {
    var document = repository().resolve("docs/settings.md");
    if (Boolean.getBoolean("coffer.update.docs")) {
      Files.writeString(document, SettingsTable.markdown());
    }
    assertEquals(
        SettingsTable.markdown(),
        Files.exists(document) ? Files.readString(document) : "",
        "docs/settings.md is stale: ./mvnw -pl server -am test -Dcoffer.update.docs=true");
  }

  static Path repository() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("mvnw"))) {
        return at;
      }
    }
    throw new AssertionError("not in the repository");
  }
}
