#!/usr/bin/env bash
# The whole main job in one process: Kafka, PostgreSQL, the worker and a replay of samples/. Needs the .NET 10 SDK only.
#   ./demo.sh          stays until Ctrl-C          ./demo.sh --exit      ends after the replay
#   ./demo.sh --help   says what else it can do
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
command -v dotnet > /dev/null || { echo "dotnet is missing: install the .NET 10 SDK" >&2; exit 1; }
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

# This project only: the solution would fetch the trainer's libtorch. Paths in the arguments stay relative to the caller.
dotnet build "$here/src/KbAlbertStream.Demo" -c Release -v quiet --nologo -p:RestoreLockedMode=true >&2
exec dotnet "$here/src/KbAlbertStream.Demo/bin/Release/net10.0/KbAlbertStream.Demo.dll" "$@"
