#!/usr/bin/env bash
# The check of the CUDA path, on the machine with the GPU, in the folder into which tests/gpu.sh's archives were unpacked.
# Prints Markdown; ends with 1 when a logit was too far from float32 on the CPU.
#   run.sh [cuda|cpu] [TOKENS OF EACH KIND] [PASSES OF NEW SHAPES] [MESSAGES]      cpu with small numbers tries the script itself
set -uo pipefail
cd "$(dirname "$0")"
provider=${1:-cuda} tokens=${2:-131072} passes=${3:-1000} messages=${4:-20000}
benchmarks=${KBAS_BENCHMARKS:-app/KbAlbertStream.Benchmarks}
model=${KBAS_MODEL:-model}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wrong=0

# CUDA's libraries are those that PyTorch brought with it.
libraries=$(python3 - <<'PYTHON'
import glob, os
try:
    import nvidia
    root = list(nvidia.__path__)[0]
    print(":".join(sorted({os.path.dirname(p) for p in glob.glob(root + "/**/lib/*.so*", recursive=True)})))
except ImportError:
    print("")
PYTHON
)
export LD_LIBRARY_PATH="$PWD/app:$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
chmod +x "$benchmarks"
! command -v nvidia-smi > /dev/null || nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader

gpu() { # VERB OPTIONS...
  "$benchmarks" gpu "$@" --provider "$provider" || { wrong=1; echo "**gpu $* ended with an error or with logits too far off**"; }
}

echo "## models/demo"
gpu bundle --bundle "$model" --messages "$messages"
for shape in ${KBAS_SHAPES:-demo base}; do
  echo "## $shape: attention kernels"
  ORT_ENABLE_ATTENTION_KERNEL_DEBUG_INFO=1 gpu kernels --shape "$shape" 2>&1 \
    | sed 's/Node=[^ ]* //' | awk '/tokens:$|mixed:$/ { kind = $0; next } /SdpaKernel|\*\*/ { print kind, $0 }' | sort | uniq -c
  echo "## $shape: ours"
  gpu speed --shape "$shape" --tokens "$tokens"
  echo "## $shape: Transformers"
  "$benchmarks" gpu peer --folder "$work/$shape" --shape "$shape" --tokens "$tokens" --provider "$provider"
  python3 huggingface.py "$work/$shape" "$provider" || echo "**huggingface.py ended with an error**"
  echo "## $shape: new shapes"
  gpu shapes --shape "$shape" --passes "$passes"
done
exit $wrong
