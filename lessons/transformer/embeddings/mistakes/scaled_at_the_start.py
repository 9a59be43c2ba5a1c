"""The table itself starts sqrt(d) times larger, and the row is not scaled on the way in. Then the scores on the way out are sqrt(d) times too large."""

import torch
from torch import nn

EQUATION = "weight ~ 1 at the start,  E(id) = weight[id]"
HINT = 1
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model))
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)

    def forward(self, ids):
        return self.weight[ids]

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
