"""The table is an nn.Embedding under another name, so its parameter is embedding.weight. It is looked for as weight."""

import torch
from torch import nn

EQUATION = "parameter: embedding.weight"
HINT = 2
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.embedding = nn.Embedding(num_tokens, d_model)
        nn.init.normal_(self.embedding.weight, std=d_model**-0.5)

    def forward(self, ids):
        return self.embedding(ids) * self.d_model**0.5

    def logits(self, x):
        return x @ self.embedding.weight.T
