"""The table is a plain tensor: no optimiser finds it, no state_dict saves it, and .to(device) leaves it behind."""

import torch
from torch import nn

EQUATION = "weight without nn.Parameter"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = torch.randn(num_tokens, d_model) / d_model**0.5
        if CONVENTIONS["output"] == "untied":
            self.projection = torch.randn(num_tokens, d_model) / d_model**0.5

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
