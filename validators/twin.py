"""The network in PyTorch: does it say the same, and how long does it take?

Run on request only; PyTorch is large:

    pip install torch numpy safetensors
    cargo run --release -p gesamt-cmld --example twin -- weights/s.safetensors twin.safetensors
    python twin.py twin.safetensors

Both run on two threads, on the same machine, one after the other; the shortest of thirty passes counts.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from safetensors import safe_open

torch.set_num_threads(2)
torch.set_grad_enabled(False)


def rms(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-6)


class Twin:
    """A forward pass from embedded context, noisy latents, entries and times to the outputs of the heads."""

    def __init__(self, p, facts):
        self.p, self.config = p, json.loads(facts["config"])
        self.tokens, self.entries = json.loads(facts["tokens"]), json.loads(facts["entries"])
        self.gain, self.lists = json.loads(facts["lists"])

    def times(self, t):
        half = 128
        angle = 1000 * t[..., None] * torch.exp(-math.log(10_000) * torch.arange(half) / half)
        x = torch.cat([angle.cos(), angle.sin()], -1)
        x = F.silu(x @ self.p["time.weight_1"] + self.p["time.bias_1"])
        return F.silu(x @ self.p["time.weight_2"] + self.p["time.bias_2"])

    def __call__(self, context, latents, entries, times):
        p, config = self.p, self.config
        n, d, heads = len(latents), config["width"], config["heads"]
        world = []
        for index, (first, last, _, _) in enumerate(self.tokens):
            x = latents[:, first:last] @ p["in.weight"][first:last] + p["in.bias"][index]
            for token, size, start, row in self.entries:
                if token == index:
                    x = x + entries[:, start:start + size] @ p["entries"][row:row + size]
            world.append(x)
        x = torch.cat([context.expand(n, -1, -1), torch.stack(world, 1)], 1)
        n_tokens, n_context = x.shape[1], context.shape[0]
        # As in the original, each different time is embedded once: those of a sample's tokens are few.
        distinct, where = torch.unique(times, return_inverse=True)
        embedded = self.times(torch.cat([distinct, torch.ones(1)]))
        rows = torch.cat([torch.full((n, n_context), len(distinct)), where], 1)
        shared = embedded @ p["mod.weight"]
        for layer in range(config["layers"]):
            get = lambda name: p[f"blocks.{layer}.{name}"]
            parts = (shared + p["mod.table"][layer])[rows].split(d, -1)
            y = rms(x) * (1 + parts[1]) + parts[0]
            q, k, v = (y @ get("qkv")).view(n, n_tokens, 3, heads, d // heads).permute(2, 0, 3, 1, 4)
            y = F.scaled_dot_product_attention(rms(q) * get("q_norm"), rms(k) * get("k_norm"), v)
            x = x + parts[2] * (y.transpose(1, 2).reshape(n, n_tokens, d) @ get("out"))
            y = rms(x) * (1 + parts[4]) + parts[3]
            a, b = (y @ get("symbols.up")).chunk(2, -1)
            x = x + parts[5] * ((F.silu(a) * b) @ get("symbols.down"))
        shift, gain = (embedded @ p["final.weight"] + p["final.table"])[rows].split(d, -1)
        x = rms(x) * (1 + gain) + shift
        out = [x[:, n_context + index] @ p["heads.weight"][first:last].T + p["heads.bias"][first:last]
               for index, (_, _, first, last) in enumerate(self.tokens)]
        out = torch.cat(out, 1)
        for name, part, members in self.lists:
            here = torch.stack([entries[:, start:start + size] for start, size, *_ in members], 1)
            together = here.view(n, -1, part, here.shape[-1])
            others = (together.sum(2, keepdim=True) - together).view(here.shape)
            weighed, details = self.gain * others @ p[f"pairs.{name}"], self.gain * here @ p[f"details.{name}"]
            for k, (_, size, first, start, end) in enumerate(members):
                out[:, first:first + size] += weighed[:, k]
                out[:, start:end] += details[:, k]
        return out


def best(run):
    times = []
    for _ in range(30):
        begun = time.perf_counter()
        run()
        times.append(1e3 * (time.perf_counter() - begun))
    return min(times)


def main():
    with safe_open(sys.argv[1], "pt") as file:
        facts = json.loads(file.metadata()["gesamt"])
        p = {name: file.get_tensor(name) for name in file.keys()}
    twin = Twin(p, facts)
    inputs = [p[f"twin.{name}"] for name in ("context", "latents", "entries", "times")]
    outputs = twin(*inputs)
    n = len(outputs)
    for name in ("f32", "bf16"):
        gap = (p[f"twin.outputs.{name}"] - outputs).norm() / outputs.norm()
        print(f"relative difference of our {name} kernels: {gap:.2e}")
    for size in (1, n):
        part = [inputs[0], *(x[:size] for x in inputs[1:])]
        theirs = best(lambda: twin(*part))
        ours = {name: float(facts[f"ms.{name}.{size}"]) for name in ("f32", "bf16")}
        print(f"pass of {size}: PyTorch {torch.__version__} f32 {theirs:.2f} ms; ours " + ", ".join(
            f"{name} {ms:.2f} ms ({ms / theirs:.2f} x)" for name, ms in ours.items()))


if __name__ == "__main__":
    main()
