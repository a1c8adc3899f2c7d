# find_jdk TOOL prints the home of the best JDK that has bin/TOOL (java or javac):
# 25 where there is one, else the newest from 21 on. Sourced by mvnw and coffer.

jdk_version() { # HOME: its major version, or 0
  local line
  line=$(grep -s '^JAVA_VERSION=' "$1/release") || { echo 0; return; }
  line=${line#*\"}
  echo "${line%%[.\"-]*}"
}

find_jdk() {
  local tool=$1 best="" best_version=0 home version on_path
  on_path=$(command -v "$tool" 2>/dev/null) || on_path=""
  [ -n "$on_path" ] && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/*}
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/$tool" ] || continue
    version=$(jdk_version "$home")
    [ "$version" -ge 21 ] 2>/dev/null || continue
    if [ "$version" -eq 25 ]; then echo "$home"; return 0; fi
    if [ "$version" -gt "$best_version" ]; then best=$home best_version=$version; fi
  done
  if [ -n "$best" ]; then echo "$best"; return 0; fi
  echo "Coffer needs a JDK 25 (21 at least): install one (Debian: apt-get install temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it." >&2
  return 1
}
