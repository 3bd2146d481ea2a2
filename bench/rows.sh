# What the benchmarks share; sourced by them, from the project's folder.

core="${BENCH_CORE:-$(($(nproc) - 1))}"
data="bench/target/data"

needs() {
  local missing="" tool
  for tool in "$@"; do
    [ -n "$(type -P "$tool" || true)" ] || missing="$missing $tool"
  done
  if [ -n "$missing" ]; then
    echo "$0: needs$missing; see bench/README.md for the Debian packages" >&2
    exit 1
  fi
}

find_java() {
  local candidate
  for candidate in "${HINOMI_JAVA:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25*; do
    if [ -n "$candidate" ] && "$candidate/bin/java" -version 2>&1 | grep -q 'version "2[5-9]'; then
      export JAVA_HOME="$candidate"
      return
    fi
  done
  echo "$0: needs Java 25; set HINOMI_JAVA" >&2
  exit 1
}

build() {
  find_java
  ./hinomi --version
  mvn -B -q -ntp -Pbench package -DskipTests -pl bench -am
  mkdir -p "$data"
}

# Runs a class of bench/, with the flags that analyze has.
bench_java() {
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xmn32m \
    -XX:PretenureSizeThreshold=64k -XX:+UseTransparentHugePages ${BENCH_OPTS:-} \
    -cp "bench/target/classes:observatory/target/hinomi-observatory.jar:observatory/target/lib/*:bench/target/lib/*" \
    "$@"
}

# Makes a capture once: name, packets, profile.
capture() {
  [ -f "$data/$1" ] || ./hinomi generate "$data/$1" --packets "$2" --seed 1 --profile "$3"
  cat "$data/$1" >/dev/null
}

# Prints core seconds (user and system) and peak memory in MB of a command on one core.
timed() {
  local figures
  figures="$(mktemp)"
  command time -o "$figures" -f '%U %S %M' taskset -c "$core" "$@" >/dev/null 2>&1 || true
  tail -n 1 "$figures" | awk '{printf "%.2f %.0f\n", $1 + $2, $3 / 1024}'
  rm -f "$figures"
}

header() {
  printf '| %-40s | %10s | %22s | %8s | %8s | %6s |\n' what packets 'core s: median min max' Mpkt/s ns/pkt MB
  printf '|%s|%s|%s|%s|%s|%s|\n' ------------------------------------------ -----------: -----------------------: \
    ---------: ---------: -------:
}

# One row: name, packets, rounds, command.
row() {
  local name="$1" count="$2" rounds="$3"
  shift 3
  for _ in $(seq "$rounds"); do timed "$@"; done | sort -n | awk -v n="$name" -v p="$count" '
    {s[NR] = $1; m[NR] = $2}
    END {
      mid = int((NR + 1) / 2)
      if (s[mid] == 0) s[mid] = 0.01
      printf "| %-40s | %10d | %8.2f %6.2f %6.2f | %8.2f | %8.1f | %6d |\n",
        n, p, s[mid], s[1], s[NR], p / s[mid] / 1e6, s[mid] / p * 1e9, m[mid]
    }'
}

export -f bench_java
export BENCH_OPTS="${BENCH_OPTS:-}"
