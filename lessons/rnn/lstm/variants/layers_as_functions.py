"""A method for one layer, concatenation, and the state detached on its way in as well."""

import torch
from torch import nn


class LSTM(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.step = cell
        self.sizes = (num_layers, hidden_size)
        for k in range(num_layers):
            self.make(k, input_size if k == 0 else hidden_size, hidden_size)

    def make(self, k, inputs, units):
        bound = 1 / units**0.5
        for name, width in (("weight_ih", inputs), ("weight_hh", units)):
            setattr(self, f"{name}_l{k}", nn.Parameter((2 * torch.rand(4 * units, width) - 1) * bound))
        for name in ("bias_ih", "bias_hh"):
            setattr(self, f"{name}_l{k}", nn.Parameter((2 * torch.rand(4 * units) - 1) * bound))

    def run(self, k, x, h, c):
        named = dict(self.named_parameters())
        weights = [named[f"{name}_l{k}"] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
        shown = []
        for t in range(x.shape[1]):
            h, c = self.step(x[:, t], h, c, *weights)
            shown.append(h.unsqueeze(1))
        return torch.cat(shown, dim=1), h.detach()[None], c.detach()[None]

    def forward(self, x, state=None):
        layers, units = self.sizes
        if state is None:
            state = [torch.zeros(layers, x.shape[0], units, dtype=x.dtype, device=x.device) for _ in "hc"]
        before = [part.detach() for part in state]
        hs, cs = [], []
        for k in range(layers):
            x, h, c = self.run(k, x, before[0][k], before[1][k])
            hs.append(h)
            cs.append(c)
        return x, (torch.cat(hs), torch.cat(cs))
