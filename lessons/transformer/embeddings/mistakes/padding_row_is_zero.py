"""Token 0 is taken for padding: its row starts at 0 and gets no gradient. Here every id is a token, and 0 may be any of them."""

import torch
from torch import nn
from torch.nn import functional as F

EQUATION = "weight[0] = 0, without gradient"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        self.weight.data[0] = 0.0

    def forward(self, ids):
        return F.embedding(ids, self.weight, padding_idx=0) * self.d_model**0.5

    def logits(self, x):
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        return x @ output.T
