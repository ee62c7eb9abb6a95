#!/usr/bin/env python3
"""Transformers on the model and the texts that `gpu peer` wrote: padded batches of texts sorted by length, each kind of text
at the best batch size of a sweep, the best of three rounds. Prints a Markdown table.

usage: huggingface.py FOLDER [cuda|cpu]
"""
import json, struct, sys, time
from pathlib import Path

import numpy
import torch
from transformers import AlbertConfig, AlbertForSequenceClassification

BATCHES = (32, 128, 512)
MOST_TOKENS = 65536
ROUNDS = 3


def weights(path):
    """The tensors, flat: the model has their shapes."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        values = numpy.frombuffer(file.read(), dtype="<f4")
    return {name: torch.from_numpy(values[t["data_offsets"][0] // 4:t["data_offsets"][1] // 4].copy())
            for name, t in header.items()}


def load(folder, dtype, device):
    fields = json.loads((folder / "config.json").read_text())
    model = AlbertForSequenceClassification(AlbertConfig(**fields))
    shapes = model.state_dict()
    stored = {name: value.view_as(shapes[name]) for name, value in weights(folder / "model.safetensors").items()}
    missing, unexpected = model.load_state_dict(stored, strict=False)
    assert not unexpected and all("position_ids" in name or "token_type_ids" in name for name in missing), (missing, unexpected)
    return model.to(device=device, dtype=dtype).eval()


def batches(texts, size):
    """Padded to the longest of each batch, in pinned memory, and the places of its texts."""
    order = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    at = 0
    while at < len(order):
        members = order[at:at + max(1, min(size, MOST_TOKENS // len(texts[order[at]])))]
        longest = len(texts[members[0]])
        ids = torch.zeros(len(members), longest, dtype=torch.long)
        mask = torch.zeros(len(members), longest, dtype=torch.long)
        for row, i in enumerate(members):
            ids[row, :len(texts[i])] = torch.tensor(texts[i])
            mask[row, :len(texts[i])] = 1
        yield members, ids, mask
        at += len(members)


def main(folder, device):
    kinds = json.loads((folder / "texts.json").read_text())
    print("| Transformers | texts | largest difference of a logit | best batch | messages/s | tokens/s |")
    print("|---|---|---:|---:|---:|---:|")
    for name, dtype in (("fp32", torch.float32), ("fp16", torch.float16)) if device == "cuda" else (("fp32", torch.float32),):
        model = load(folder, dtype, device)
        for kind, content in kinds.items():
            texts, expected = content["ids"], content["logits"]
            difference, best = 0.0, (float("inf"), 0)
            for size in BATCHES:
                cut = list(batches(texts, size))
                for _ in range(ROUNDS + 1):
                    if device == "cuda":
                        torch.cuda.synchronize()
                    since = time.perf_counter()
                    with torch.inference_mode():
                        logits = [model(input_ids=ids.to(device), attention_mask=mask.to(device)).logits.float().cpu()
                                  for _, ids, mask in cut]
                    took = time.perf_counter() - since
                    best = min(best, (took, size)) if _ else best
                for (members, _, _), rows in zip(cut, logits):
                    for row, i in enumerate(members):
                        if i < len(expected):
                            difference = max(difference, float((rows[row] - torch.tensor(expected[i])).abs().max()))
                if size >= len(texts):
                    break
            tokens = sum(map(len, texts))
            print(f"| {name} | {kind} | {difference:.1E} | {best[1]} | {len(texts) / best[0]:,.0f} | {tokens / best[0]:,.0f} |",
                  flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "cuda")
