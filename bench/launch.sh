# Sourced by the commands beside it: builds the bench module when it is older than its sources, and
# runs io.coffer.bench.Main with the given arguments.

bench_launch() {
  local root lib jdk
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  lib=$root/bench/target/lib
  . "$root/.mvn/find-jdk.sh"
  jdk=$(find_jdk java) || exit 1
  if [ ! -e "$lib/.complete" ] || [ -n "$(find "$root"/{pom.xml,codegen,model,auth,bench} \
    -newer "$lib/.complete" -type f \( -path '*/src/main/*' -o -name pom.xml \) -print -quit)" ]; then
    echo "Building the bench module from its sources, once (log: bench/target/build.log)" >&2
    mkdir -p "$root/bench/target"
    "$root/mvnw" -q -B -ntp -DskipTests -Dspotless.check.skip=true -pl bench -am package >"$root/bench/target/build.log" 2>&1 ||
      { tail -n 20 "$root/bench/target/build.log" >&2; exit 1; }
    touch "$lib/.complete"
  fi
  # The client shares the processors with the server that it measures.
  exec "$jdk/bin/java" -Xmx256m -XX:+UseSerialGC -cp "$lib/*" -Dcoffer.root="$root" \
    io.coffer.bench.Main "$@"
}
