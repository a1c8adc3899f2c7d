package io.coffer.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What Logback begins with, instead of its own default, which prints everything: warnings alone.
 * Found by Logback as a service; {@code coffer server} replaces it.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogDefaults extends ContextAwareBase implements Configurator {
  /** For Logback. */
  public LogDefaults() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logs.configure(context, LogLine.text(), Level.WARN);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
