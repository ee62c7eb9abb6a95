#!/usr/bin/env bash
# One model against one, in one run: transformers.js, ONNX Runtime on padded batches, and the graph without padding; the same
# texts, threads and precision, each at the best setting of a sweep. Prints the tables of docs/performance.md, section "Peers".
#   tests/peers.sh [FOLDER FOR NPM'S PACKAGES] [demo|base]...      needs Node.js
# KBAS_BUILT=1: the benchmarks are built already.
set -euo pipefail
cd "$(dirname "$0")/.."
modules=${1:-$(mktemp -d)}
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- demo base
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -d "$modules/node_modules/@huggingface/transformers" ]; then
  mkdir -p "$modules"
  (cd "$modules" && npm init -y > /dev/null && npm install --ignore-scripts --silent @huggingface/transformers@4.3.1)
fi
[ -n "${KBAS_BUILT:-}" ] || dotnet build tests/KbAlbertStream.Benchmarks -c Release -v quiet --nologo
benchmarks=tests/KbAlbertStream.Benchmarks/bin/Release/net10.0/KbAlbertStream.Benchmarks
for shape in "$@"; do
  "$benchmarks" peers "$shape" write "$work/$shape"
  for threads in $([ "$shape" = base ] && echo 2 || echo 1 2); do
    # Two turns each, of which the better counts: a virtual machine's speed changes from minute to minute.
    for turn in 1 2; do
      "$benchmarks" peers "$shape" run "$threads"
      node tests/peers/transformers.mjs "$modules" "$work/$shape" "$threads" "$([ "$shape" = base ] && echo 1 || echo 3)"
    done > "$work/rows"
    echo "$shape, threads: $threads, load average $(cut -d' ' -f1 /proc/loadavg)"
    echo
    echo "| precision | texts | way | best setting | tokens/s |"
    echo "|---|---|---|---|---:|"
    awk -F'|' '{ key = $2 FS $3 FS $4; if (!(key in best)) order[++n] = key; if ($6 + 0 >= best[key]) { best[key] = $6 + 0; row[key] = $0 } }
               END { for (i = 1; i <= n; i++) print row[order[i]] }' "$work/rows" | sort -t'|' -s -k2,3
    echo
  done
done
