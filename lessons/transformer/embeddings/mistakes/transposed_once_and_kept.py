"""The transposed table was made in the constructor and kept. It is no parameter: after .float(), .to(device) or a copy it is the old one."""

import torch
from torch import nn

EQUATION = "logits(x) = x W,  W = weight^T of the constructor"
HINT = 3
CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.d_model = d_model
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        if CONVENTIONS["output"] == "untied":
            self.projection = nn.Parameter(torch.randn(num_tokens, d_model) / d_model**0.5)
        output = self.projection if CONVENTIONS["output"] == "untied" else self.weight
        self.kept = output.T

    def forward(self, ids):
        return self.weight[ids] * self.d_model**0.5

    def logits(self, x):
        return x @ self.kept
