#!/usr/bin/env bash
# Our tokenizers beside Microsoft.ML.Tokenizers and Hugging Face's from npm: same texts, same vocabulary, one thread.
# Prints the tables of docs/performance.md.
#   tests/tokenizers.sh [FOLDER FOR NPM'S PACKAGES]      texts and vocabularies from KBAS_SHARED (default ../shared)
set -euo pipefail
cd "$(dirname "$0")/.."
shared=${KBAS_SHARED:-../shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
modules=${1:-$work/npm}
export TOKENIZERS_PARALLELISM=false RAYON_NUM_THREADS=1 UV_THREADPOOL_SIZE=1

if [ ! -d "$modules/node_modules/@anush008/tokenizers" ]; then
  mkdir -p "$modules"
  (cd "$modules" && npm init -y > /dev/null &&
    npm install --ignore-scripts --silent @anush008/tokenizers@0.6.0 @huggingface/tokenizers@0.2.0)
fi
dotnet build tests/KbAlbertStream.Benchmarks -c Release -v quiet --nologo >&2
benchmarks=tests/KbAlbertStream.Benchmarks/bin/Release/net10.0/KbAlbertStream.Benchmarks

table() { # title, vocabulary, texts
  echo "$1; load average $(cut -d' ' -f1 /proc/loadavg)"
  "$benchmarks" tokenizer "$2" "$3" "$work/ids.txt"
  node tests/tokenizers/hugging-face.mjs "$modules" "$2" "$3" "$work/ids.txt"
  echo
}

table "Reviews, a WordPiece vocabulary (kcbert)" "$shared/data/vocab/kcbert.txt.gz" "$shared/data/nsmc/test.tsv.gz"
table "Reviews, a character vocabulary (own-char-v2)" "$shared/golden/tokenizers/own-char-v2.vocab.txt.gz" "$shared/data/nsmc/test.tsv.gz"
table "Petitions, a character vocabulary (own-char-v2)" "$shared/golden/tokenizers/own-char-v2.vocab.txt.gz" "$shared/data/text/petitions.txt.gz"
