#!/usr/bin/env bash
# Packs the check of the CUDA path for a machine with a GPU that has Python, PyTorch and Transformers, and neither .NET nor a
# network: two archives below 64 MiB, to be unpacked there into one folder whose run.sh does the rest.
#   tests/gpu.sh pack FOLDER [ARCH]      ARCH: the chip's, 90 for H100 and H200; needs prune_fatbin.py in $KBAS_SHARED/gpu
set -euo pipefail
cd "$(dirname "$0")/.."
[ "${1:-}" = pack ] && [ $# -ge 2 ] || { sed -n '2,4p' "$0" >&2; exit 2; }
mkdir -p "$2"
folder=$(cd "$2" && pwd)
arch=${3:-90}
app=$folder/app
largest=$((64 * 1024 * 1024))

# Lock files are for the project's own builds.
dotnet publish tests/KbAlbertStream.Benchmarks -c Release -r linux-x64 --self-contained -p:Gpu=true -v quiet --nologo \
  -p:NuGetLockFilePath=obj/publish.lock.json -p:DebugType=none -o "$app"
# What only the other verbs need; without deps.json the host takes what is there.
(cd "$app" && rm -rf libonnxruntime_providers_tensorrt.so ./*rdkafka*.so libcapstone.so Microsoft.CodeAnalysis* Iced.dll \
  Microsoft.Diagnostics.* Microsoft.EntityFrameworkCore* Npgsql* BenchmarkDotNet* Microsoft.AspNetCore.* libmscor* \
  Microsoft.VisualBasic* Microsoft.ML.Tokenizers* MathNet* Confluent* Google.Api* System.Private.Xml* System.Data.Common* \
  System.Private.DataContractSerialization* libclrgc*.so amd64 samples Pipeline ./*.deps.json)
# .NET composes Hangul with ICU, which the other machine may lack.
ldconfig -p | awk '/libicu(uc|i18n|data)\.so\.[0-9]+ / { print $NF }' | xargs -I{} cp -L {} "$app/"
cp -r models/demo "$folder/model"
cp tests/gpu/run.sh tests/gpu/huggingface.py "$folder/"

cuda=libonnxruntime_providers_cuda.so
readelf -d "$app/$cuda" | grep -o 'libcu[a-zA-Z]*\.so\.[0-9]*' | sort -u | tr '\n' ' '
mkdir -p "$folder/library/app"
python3 "${KBAS_SHARED:-../shared}/gpu/prune_fatbin.py" "$app/$cuda" "$folder/library/app/$cuda" --arch "$arch"
rm "$app/$cuda"

tar -C "$folder/library" -c app | xz -6 -T2 > "$folder/library.tar.xz"
tar -C "$folder" -c app model run.sh huggingface.py | xz -6 -T2 > "$folder/app.tar.xz"
rm -rf "$folder"/{app,library,model,run.sh,huggingface.py}
for archive in library app; do
  size=$(stat -c %s "$folder/$archive.tar.xz")
  echo "$folder/$archive.tar.xz: $size bytes"
  [ "$size" -lt "$largest" ] || { echo "$archive.tar.xz is larger than 64 MiB" >&2; exit 1; }
done
