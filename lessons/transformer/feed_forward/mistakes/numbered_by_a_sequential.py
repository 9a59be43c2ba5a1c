"""The maps stand in an nn.Sequential, which calls them net.0 and net.2. Here a state is looked for under w_1 and w_2."""

from torch import nn

EQUATION = "parts: net.0, net.2"
HINT = 2


class FeedForward(nn.Module):
    def __init__(self, d_model, d_ff):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(d_model, d_ff), nn.ReLU(), nn.Linear(d_ff, d_model))

    def forward(self, x):
        return self.net(x)
