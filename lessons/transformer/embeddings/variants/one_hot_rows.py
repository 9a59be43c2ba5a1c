"""A token is a row of zeros with a single one, and both ways are products with the same matrix."""

import torch
from torch import nn

CONVENTIONS = {"output": "tied"}


class Embeddings(nn.Module):
    def __init__(self, num_tokens, d_model):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(num_tokens, d_model) * d_model**-0.5)

    def forward(self, ids):
        num_tokens, d_model = self.weight.shape
        one_hot = (ids.unsqueeze(-1) == torch.arange(num_tokens, device=ids.device)).to(self.weight.dtype)
        return torch.einsum("...v,vd->...d", one_hot, self.weight) * d_model**0.5

    def logits(self, x):
        return torch.einsum("...d,vd->...v", x, self.weight)
