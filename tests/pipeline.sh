#!/usr/bin/env bash
# The figures of docs/performance.md, section "The pipeline": a real broker (KAFKA_HOME, Java 17), a real PostgreSQL, the
# worker in a process of its own. Prints Markdown; takes under 15 minutes on two quiet cores. Needs psql and, for the rival,
# Debian's python3-confluent-kafka and python3-psycopg2.
#   tests/pipeline.sh [quick]      quick: a tenth of the size, to see that everything runs
set -euo pipefail
cd "$(dirname "$0")/.."
: "${KAFKA_HOME:?where Kafka is}"
project=tests/KbAlbertStream.Benchmarks
dotnet build "$project" -c Release -v q --nologo
bench() { echo; echo "### pipeline $*"; echo; dotnet "$project/bin/Release/net10.0/KbAlbertStream.Benchmarks.dll" pipeline "$@"; }
if [ "${1:-}" = quick ]; then
  bench prepare --messages 5000
  bench model --messages 1500
  bench latency --idle 40 --seconds 10
  bench rest --messages 10000 --rounds 1
  bench backlog --messages 20000 --scores stub
  bench memory --gigabytes 1 --seconds 10
else
  bench prepare
  bench model --messages 12000
  bench latency
  bench rest
  bench backlog --scores stub
  bench memory --gigabytes 10 --seconds 45
fi
