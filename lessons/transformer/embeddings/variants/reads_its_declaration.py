"""One text for both ways out, by two parts of which one may be the other."""

import torch
from torch import nn

CONVENTIONS = {"output": "untied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        deviation = torch.full((num_tokens, d_model), d_model**-0.5)
        self.weight = nn.Parameter(torch.normal(0.0, deviation))
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.normal(0.0, deviation))

    def forward(self, ids):
        d = self.weight.shape[1]
        return (self.weight * d**0.5)[ids]

    def logits(self, x):
        rows = self.weight if CONVENTIONS["output"] == "tied" else self.projection
        return torch.stack([(x * row).sum(-1) for row in rows], dim=-1)
