"""PyTorch's own passes at the sizes of .ci/gpu's bench, weights random and without gradients: one JSON object per line.

forward unembeds the last position; forward_backward goes back to the embedding. Medians of rounds, each waited for.
"""

import json
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = {
    # blocks, width, heads, heads of keys and values, width of the MLP, vocabulary, as Llama is
    "gpt2-small": (12, 768, 12, 12, 3072, 50257, False),
    "pythia-160m": (12, 768, 12, 12, 3072, 50304, False),
    "llama-1b": (16, 2048, 32, 8, 8192, 128256, True),
    "tiny": (2, 64, 4, 4, 256, 512, False),
}


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.rms_norm(x, x.shape[-1:], self.weight)


class Block(nn.Module):
    def __init__(self, width, heads, groups, hidden, llama):
        super().__init__()
        self.heads, self.groups, self.llama = heads, groups, llama
        size = width // heads
        norm = Norm if llama else nn.LayerNorm
        self.before, self.middle = norm(width), norm(width)
        self.project = nn.Linear(width, width + 2 * groups * size, bias=not llama)
        self.write = nn.Linear(width, width, bias=not llama)
        self.up = nn.Linear(width, hidden, bias=not llama)
        self.gate = nn.Linear(width, hidden, bias=False) if llama else None
        self.down = nn.Linear(hidden, width, bias=not llama)

    def forward(self, x):
        batch, length, width = x.shape
        size = width // self.heads
        q, k, v = self.project(self.before(x)).split([width, self.groups * size, self.groups * size], -1)
        q, k, v = (y.view(batch, length, -1, size).transpose(1, 2) for y in (q, k, v))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=self.groups < self.heads)
        x = x + self.write(mixed.transpose(1, 2).reshape(batch, length, width))
        read = self.middle(x)
        hidden = F.silu(self.gate(read)) * self.up(read) if self.llama else F.gelu(self.up(read), approximate="tanh")
        return x + self.down(hidden)


class Decoder(nn.Module):
    def __init__(self, blocks, width, heads, groups, hidden, vocabulary, llama):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, width)
        self.blocks = nn.ModuleList(Block(width, heads, groups, hidden, llama) for _ in range(blocks))
        self.norm = Norm(width) if llama else nn.LayerNorm(width)

    def forward(self, ids, tap=None):
        x = self.embed(ids)
        x = x if tap is None else x + tap
        for block in self.blocks:
            x = block(x)
        return self.norm(x[:, -1]) @ self.embed.weight.T


def seconds(work, device, rounds):
    times = []
    for _ in range(rounds + 2):
        start = time.perf_counter()
        work()
        if device == "cuda":
            torch.cuda.synchronize()
        times.append(time.perf_counter() - start)
    return statistics.median(times[2:])


def measure(shape, dtype, batch, tokens, device, rounds):
    torch.manual_seed(1)
    if device == "cuda":
        torch.cuda.reset_peak_memory_stats()
    with torch.device(device):
        model = Decoder(*SHAPES[shape]).to(getattr(torch, dtype)).requires_grad_(False)
        ids = torch.randint(SHAPES[shape][5], (batch, tokens))
        tap = torch.zeros(batch, tokens, SHAPES[shape][1], dtype=getattr(torch, dtype), requires_grad=True)

    def forward():
        with torch.no_grad():
            model(ids)

    def forward_backward():
        tap.grad = None
        model(ids, tap).mean().backward()

    found = {
        "model": shape,
        "dtype": dtype,
        "batch_size": batch,
        "tokens": tokens,
        "forward_seconds": seconds(forward, device, rounds),
        "forward_backward_seconds": seconds(forward_backward, device, rounds),
    }
    if device == "cuda":
        found["peak_gpu_mb"] = torch.cuda.max_memory_allocated() / 1e6
    return found


def main():
    device = "cuda" if sys.argv[1] == "gpu" else "cpu"
    runs = [("gpt2-small", batch) for batch in (8, 64, 256, 1024)]
    runs += [("pythia-160m", 256), ("llama-1b", 8), ("llama-1b", 64)]
    if "--quick" in sys.argv:
        runs = [("tiny", 8)]
    for shape, batch in runs:
        for dtype in ("float32", "bfloat16"):
            print(json.dumps(measure(shape, dtype, batch, 16, device, 10)), flush=True)
            if device == "cuda":
                torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
