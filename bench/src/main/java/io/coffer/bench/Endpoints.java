package io.coffer.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options of every command that is given servers. */
final class Endpoints {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "NAME=URL,ACCESSKEY,SECRETKEY[,PID]",
      showDefaultValue = Visibility.NEVER,
      description = "a server, such as a=http://127.0.0.1:9000,KEY,SECRET; once for each")
  private List<String> endpoints = new ArrayList<>();

  @Option(names = "--region", description = "what requests are signed for")
  private String region = "us-east-1";

  List<Endpoint> servers() {
    return endpoints.stream().map(Endpoint::parse).toList();
  }

  String region() {
    return region;
  }
}
