#!/usr/bin/env bash
# Injects every fault many times on real servers and prints a table. Ends non-zero when a figure is not what it must be.
#   tests/faults.sh [--times N] [--only NAME]... [--lanes N] [--seed N] [--out DIR]
# A lane is a world of its own (Kafka, PostgreSQL, two workers, about 1.5 GB). PostgreSQL stopped for two minutes, twenty
# times, is what takes longest (about 55 minutes, mostly idle): with two lanes the others run beside it. A failing fault
# does not stop the rest. DIR keeps the output of every fault, of its workers, and the table.
set -uo pipefail
cd "$(dirname "$0")/.."
times=20 lanes=2 seed=20261126 out=artifacts/faults only=()
while [ $# -gt 0 ]; do
  case $1 in
    --times) times=$2 ;;
    --only) only+=("$2") ;;
    --lanes) lanes=$2 ;;
    --seed) seed=$2 ;;
    --out) out=$2 ;;
    *) sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
all=(postgres-stopped worker-killed worker-frozen rebalance-storm broker-killed leader-killed broker-stalled
  postgres-killed postgres-read-only copy-cut disk-full topic-recreated clock-jumped receiver-down)
[ ${#only[@]} -gt 0 ] || only=("${all[@]}")

export KBAS_SHARED=${KBAS_SHARED:-../shared}
if [ -z "${KAFKA_HOME:-}" ] && [ -x "$KBAS_SHARED/kafka/bin/kafka-server-start.sh" ]; then
  KAFKA_HOME=$(cd "$KBAS_SHARED/kafka" && pwd)
  export KAFKA_HOME
fi
project=KbAlbertStream.IntegrationTests
export KBAS_FAULT_RUNNER=${KBAS_FAULT_RUNNER:-tests/$project/bin/Release/net10.0/$project}
[ -n "${KBAS_FAULT_BUILT:-}" ] || dotnet build "tests/$project" -c Release -v quiet --nologo || exit 1
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.line
export KBAS_FAULT_TIMES=$times KBAS_FAULT_SEED=$seed KBAS_FAULT_OUT=$out KBAS_FAULT_LOGS=$out/workers CI=true

run() { # one fault
  export KBAS_FAULT=$1 KBAS_FAULT_TABLE=$KBAS_FAULT_OUT/$1.line
  "$KBAS_FAULT_RUNNER" -noLogo -noColor -diagnostics -explicit only -method '*FaultTests.The_long_form' > "$KBAS_FAULT_OUT/$1.log" 2>&1 ||
    echo "$1 FAILED: see $KBAS_FAULT_OUT/$1.log" >&2
  [ -s "$KBAS_FAULT_TABLE" ] || printf '\n\n| %s | NOT RUN |\n' "$1" > "$KBAS_FAULT_TABLE"
}
export -f run
began=$SECONDS
printf '%s\n' "${only[@]}" | xargs -P "$lanes" -I{} bash -c 'run {}'

table=$out/table.md
{
  cat "$out"/*.line | grep -m1 -A1 '^| fault |'
  for fault in "${only[@]}"; do tail -1 "$out/$fault.line"; done
} > "$table"
cat "$table"
echo
echo "$times times each, seed $seed, $lanes lanes, $(((SECONDS - began) / 60)) minutes on $(nproc) cores"
! grep -qE 'FAILED|NOT RUN|WRONG|MORE FINDINGS' "$table" &&
  awk -F'|' 'NR > 2 && ($7 + 0 != 0 || $8 + 0 != 0) { bad = 1 } END { exit bad }' "$table"
