"""Two matrices, each from a uniform distribution of the same spread: sqrt(3) times wider than its deviation."""

import torch
from torch import nn

CONVENTIONS = {"output": "untied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.root = d_model**0.5
        for name in ("weight", "projection"):
            bound = 3**0.5 / self.root
            self.register_parameter(name, nn.Parameter(torch.empty(num_tokens, d_model).uniform_(-bound, bound)))

    def forward(self, ids):
        rows = torch.index_select(self.weight, 0, ids.flatten())
        return self.root * rows.view(*ids.shape, -1)

    def logits(self, x):
        return (self.projection @ x.unsqueeze(-1)).squeeze(-1)
