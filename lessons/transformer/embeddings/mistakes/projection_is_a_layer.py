"""projection is an nn.Linear, so its parameter is called projection.weight. The parameter projection itself is looked for, and only by "untied"."""

import torch
from torch import nn

EQUATION = "parameter: projection.weight"
HINT = 2
CONVENTIONS = {"output": "untied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.projection = nn.Linear(d_model, num_tokens, bias=False)

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        return self.projection(x)
