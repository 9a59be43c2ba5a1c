"""The maps stand in a plain list, so they are no parts of the module: nothing trains, saves or moves them."""

import torch
from torch import nn

EQUATION = "parts: none"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.layers = [nn.Linear(d_model, d_ff), nn.Linear(d_ff, d_model)]

    def forward(self, x):
        w_1, w_2 = self.layers
        return w_2(torch.relu(w_1(x)))
