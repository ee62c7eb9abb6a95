#!/usr/bin/env bash
# Publishes messages one by one with kcat to a running worker and prints how long each took from the record's timestamp
# (set by kcat when it publishes) to the durable row.
#   tests/measure-latency.sh BROKER CONNECTION_URI [MESSAGES]
set -euo pipefail
broker=$1 database=$2 messages=${3:-60} run=latency-$$
for i in $(seq "$messages"); do
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  echo "{\"id\":\"$run-$i\",\"publisher\":\"한들일보\",\"title\":\"KB국민은행 직원, 고객 예금 ${i}억원 빼돌려\",\"published_at\":\"$now\"}" |
    kcat -P -b "$broker" -t risk.news.v1 -k "$run-$i"
  sleep 0.25
done
sleep 2
psql "$database" -c "
  SELECT count(*) AS rows,
    round(1000 * percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)) AS p50_ms,
    round(1000 * percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds)) AS p95_ms,
    round(1000 * max(seconds)) AS max_ms
  FROM (SELECT extract(epoch FROM written_at - recorded_at)::float AS seconds
        FROM scored_events WHERE external_id LIKE '$run-%') AS taken"
