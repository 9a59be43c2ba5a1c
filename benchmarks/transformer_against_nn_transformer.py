"""How fast the assembled transformer trains beside torch's own: python benchmarks/transformer_against_nn_transformer.py

Both are of the same size and train on the same batches of number words, a few steps of one and a few of the other in
turn, so that whatever else the machine does meets both alike. The assembled one is the shipped references as a run has
them (torch's attention and layer norm as verified twins) with the learner's loss and clipping, the other nn.Transformer
with the same embeddings, positions, masks, cross entropy and clipping. Tokens are those of the target.
"""

import math
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # as in the trainer
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch
from torch import Tensor, nn

from models.data_store import DataStore
from models.datasets.vocabulary import PAD
from models.placement import place
from models.positional_encoding import positional_encoding
from models.presets import part_ids, settings_for
from models.run_config import Part, RunConfig
from models.run_directory import RunDirectory
from models.tasks.from_config import prepare

GOAL, STEPS, WARM_UP, ROUNDS, LONGEST = 0.9, 4, 3, 16, 128


class TorchTranslator(nn.Module):
    """nn.Transformer between embeddings and a tied output layer."""

    def __init__(self, settings: dict[str, Any], source_tokens: int, target_tokens: int) -> None:
        super().__init__()
        width = settings["d_model"]
        self.source, self.target = nn.Embedding(source_tokens, width), nn.Embedding(target_tokens, width)
        self.scale = math.sqrt(width)
        for embedding in (self.source, self.target):
            nn.init.normal_(embedding.weight, std=1 / self.scale)
        self.core = nn.Transformer(
            width, settings["num_heads"], settings["num_layers"], settings["num_layers"], settings["d_ff"],
            settings["dropout"], batch_first=True,
        )  # fmt: skip
        self.register_buffer("positions", positional_encoding(LONGEST, width))
        self.register_buffer("causal", torch.ones(LONGEST, LONGEST, dtype=torch.bool).triu(1))

    def forward(self, source: Tensor, told: Tensor) -> Tensor:
        n, m = source.shape[1], told.shape[1]
        out = self.core(
            self.source(source) * self.scale + self.positions[:n], self.target(told) * self.scale + self.positions[:m],
            tgt_mask=self.causal[:m, :m], src_key_padding_mask=source == PAD, tgt_key_padding_mask=told == PAD,
            memory_key_padding_mask=source == PAD,
        )  # fmt: skip
        return out @ self.target.weight.T


def assembled_task(folder: Path) -> Any:
    """The quick run's task, on references alone."""
    settings = settings_for("transformer", "quick", {})
    parts = tuple(Part(exercise_id, "reference", "", "", "", "benchmark") for exercise_id in part_ids("transformer"))
    config = RunConfig(
        id="benchmark", project="transformer", preset="quick", seed=0, device="cpu", threads=0, twin=True,
        total_steps=0, settings=settings, dataset={}, parts=parts, workspace_id="",
        created_at="2025-01-01T00:00:00+00:00", versions={},
    )  # fmt: skip
    run = RunDirectory.create(folder, config)
    return prepare(config, run.modules, DataStore(), place("cpu", 0)).task


def seconds_assembled(task: Any, batches: list[Any]) -> float:
    began = time.perf_counter()
    for batch in batches:
        task.update(task.loss(batch)[0], 1e-3)
    return time.perf_counter() - began


def seconds_torch(model: nn.Module, optimizer: torch.optim.Optimizer, batches: list[Any]) -> float:
    began = time.perf_counter()
    for batch in batches:
        logits = model(batch.source, batch.told)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), batch.said.flatten(), ignore_index=PAD)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
    return time.perf_counter() - began


def main() -> int:
    """Print the ratio; 1 if it misses the goal."""
    with tempfile.TemporaryDirectory() as folder:
        task = assembled_task(Path(folder))
    dataset = task.dataset
    model = TorchTranslator(dict(task.settings), len(dataset.source.tokens), len(dataset.target.tokens)).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0)
    turns: list[tuple[float, float, int]] = []
    for turn in range(WARM_UP + ROUNDS):
        batches = [task.next_batch(turn * STEPS + step) for step in range(STEPS)]
        tokens = sum(int((batch.said != PAD).sum()) for batch in batches)
        turns.append((seconds_assembled(task, batches), seconds_torch(model, optimizer, batches), tokens))
    turns = turns[WARM_UP:]
    ratio = statistics.median(theirs / ours for ours, theirs, _ in turns)
    ours, theirs = (statistics.median(turn[2] / turn[side] for turn in turns) for side in (0, 1))
    sizes = (sum(p.numel() for p in net.parameters()) for net in (task.model, model))
    print("parameters: assembled {:,}, nn.Transformer {:,}".format(*sizes))
    print(f"assembled {ours:,.0f} tokens/s, nn.Transformer {theirs:,.0f} tokens/s (medians of {len(turns)} turns)")
    print(f"assembled / nn.Transformer: {ratio:.3f}, goal at least {GOAL}")
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    raise SystemExit(main())
