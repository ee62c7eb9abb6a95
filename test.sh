#!/usr/bin/env bash
# Sets up what the tests need and runs all of them. Ends with one line: N passed, N failed, N skipped.
#   ./test.sh            everything
#   ./test.sh unit       no servers, no libtorch
#   ./test.sh storage    ... or: integration, trainer
set -uo pipefail
cd "$(dirname "$0")"
configuration=${CONFIGURATION:-Release}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

# A development machine keeps its own private Kafka distribution beside the checkout, if at all.
export KBAS_SHARED=${KBAS_SHARED:-../shared}
if [ -z "${KAFKA_HOME:-}" ] && [ -x "$KBAS_SHARED/kafka/bin/kafka-server-start.sh" ]; then
  KAFKA_HOME=$(cd "$KBAS_SHARED/kafka" && pwd)
  export KAFKA_HOME
fi

run() { # project name under tests/, then arguments for the runner
  local project=$1
  shift
  echo "== $project"
  "tests/$project/bin/$configuration/net10.0/$project" -noLogo -trx "$results/$project.trx" "$@" || failed=1
}

failed=0
which=${1:-all}
dotnet build KbAlbertStream.sln -c "$configuration" -v quiet --nologo || exit 1
case $which in
  all) run KbAlbertStream.Tests; run KbAlbertStream.Trainer.Tests; run KbAlbertStream.IntegrationTests ;;
  unit) run KbAlbertStream.Tests ;;
  trainer) run KbAlbertStream.Trainer.Tests ;;
  integration) run KbAlbertStream.IntegrationTests ;;
  storage) run KbAlbertStream.IntegrationTests -namespace "*.Storage*" ;;
  *) echo "unknown part: $which (all, unit, trainer, integration, storage)" >&2; exit 2 ;;
esac

sum() { # attribute of <Counters> over all reports
  grep -ho '<Counters [^>]*' "$results"/*.trx 2>/dev/null | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' |
    awk '{ n += $1 } END { print n + 0 }'
}
passed=$(sum passed)
failures=$(($(sum failed) + $(sum error) + $(sum timeout) + $(sum aborted)))
# Explicit tests are measurements, run only when asked for by name: they are not skipped checks.
total=$(($(sum total) - $(sum notRunnable)))
echo
echo "$passed passed, $failures failed, $((total - passed - failures)) skipped"
[ "$failed" = 0 ] && [ "$failures" = 0 ] && [ "$passed" -gt 0 ]
