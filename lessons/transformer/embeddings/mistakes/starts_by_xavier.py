"""The rows start by Xavier's rule, which counts the vocabulary as a fan: with many tokens the vectors come out far too small."""

import torch
from torch import nn

EQUATION = "std(weight) = sqrt(2/(V + d)) at the start"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.empty(num_tokens, d_model))
        nn.init.xavier_uniform_(self.weight)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.empty(num_tokens, d_model))
            nn.init.xavier_uniform_(self.projection)

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
