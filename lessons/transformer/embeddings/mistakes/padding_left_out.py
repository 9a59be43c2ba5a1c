"""Token 0 is taken for padding, and its vectors are set to 0. Here every id is a token: padding is hidden by the masks."""

import torch
from torch import nn

EQUATION = "E(0) = 0"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)

    def forward(self, ids):
        x = self.weight[ids] * self.d_model**0.5
        return x.masked_fill((ids == 0).unsqueeze(-1), 0.0)

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
