"""F.linear by einsum's letters, and ReLU as half of x + |x|."""

import torch
from torch import nn


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        for name, sizes in (("w_1", (d_model, d_ff)), ("w_2", (d_ff, d_model))):
            setattr(self, name, nn.Linear(*sizes))

    def forward(self, x):
        h = torch.einsum("...i,oi->...o", x, self.w_1.weight) + self.w_1.bias
        h = (h + h.abs()) / 2
        return torch.einsum("...i,oi->...o", h, self.w_2.weight) + self.w_2.bias
