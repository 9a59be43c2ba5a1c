"""The rows start uniform within 1/sqrt(d), as nn.Linear's do. The bound of a uniform distribution is sqrt(3) times its deviation."""

import torch
from torch import nn

EQUATION = "weight ~ U(-1/sqrt(d), 1/sqrt(d)) at the start"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        bound = d_model**-0.5
        self.weight = nn.Parameter(torch.empty(num_tokens, d_model).uniform_(-bound, bound))
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.empty(num_tokens, d_model).uniform_(-bound, bound))

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
