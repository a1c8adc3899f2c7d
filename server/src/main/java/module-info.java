/** The program: settings, wiring, command line, logs. */
module io.coffer.server {
  requires static transitive org.jspecify;
  requires transitive io.coffer.service;
  requires io.coffer.api;
  requires io.coffer.storage.files;
  requires io.coffer.storage.memory;
  requires info.picocli;
  requires tools.jackson.databind;
  requires io.prometheus.metrics.core;
  requires io.prometheus.metrics.model;
  requires io.prometheus.writer.text;
  requires org.slf4j;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.shredzone.acme4j;
  requires java.net.http;
  requires jdk.unsupported;

  exports io.coffer.server;

  provides ch.qos.logback.classic.spi.Configurator with
      io.coffer.server.LogDefaults;
}
