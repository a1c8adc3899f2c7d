package io.coffer.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** Sets up logging: to standard error, a line an event. */
final class Logs {
  /** The logger of one line per request. */
  static final String ACCESS = "access";

  private Logs() {}

  /** Replaces whatever was set up before. */
  static void configure(boolean json) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      configure(context, json ? LogLine.json() : LogLine.text(), Level.INFO);
    }
  }

  static void configure(LoggerContext context, LogLine encoder, Level level) {
    encoder.setContext(context);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger("ROOT");
    root.setLevel(level);
    root.addAppender(appender);
    context.getLogger("io.netty").setLevel(Level.WARN);
  }
}
