"""Token 0 is taken for padding, and its score is set to minus infinity. Here every id is a token, and 0 may be the right one."""

import math

import torch
from torch import nn

EQUATION = "logits(x)[0] = -inf"
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
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        scores = x @ output.T
        scores[..., 0] = -math.inf
        return scores
