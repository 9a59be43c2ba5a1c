"""The way out is scaled as well. Only the way in is: scores that are sqrt(d) times too large make the softmax sure of itself before it has learnt anything."""

import torch
from torch import nn

EQUATION = "logits(x) = sqrt(d) x weight^T"
HINT = 1
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
        return x @ output.T * self.d_model**0.5
