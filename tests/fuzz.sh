#!/usr/bin/env bash
# A million mutated records through the pipeline on real servers; prints what became of them.
#   tests/fuzz.sh [RECORDS]
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/KbAlbertStream.IntegrationTests -c Release -v quiet --nologo
KBAS_TEST_FUZZ=${1:-1000000} tests/KbAlbertStream.IntegrationTests/bin/Release/net10.0/KbAlbertStream.IntegrationTests \
  -noLogo -noColor -diagnostics -method "*Whatever_a_record_holds*"
