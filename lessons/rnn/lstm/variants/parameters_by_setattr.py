"""Parameters one by one, a list for the pair, outputs written into a tensor."""

import torch
from torch import nn


class LSTM(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell, self.units, self.layers = cell, hidden_size, num_layers
        for k in range(num_layers):
            width = hidden_size if k > 0 else input_size
            setattr(self, f"bias_hh_l{k}", nn.Parameter(torch.empty(4 * hidden_size)))
            setattr(self, f"bias_ih_l{k}", nn.Parameter(torch.empty(4 * hidden_size)))
            setattr(self, f"weight_hh_l{k}", nn.Parameter(torch.empty(4 * hidden_size, hidden_size)))
            setattr(self, f"weight_ih_l{k}", nn.Parameter(torch.empty(4 * hidden_size, width)))
        for parameter in self.parameters():
            nn.init.uniform_(parameter, -(hidden_size**-0.5), hidden_size**-0.5)

    def forward(self, x, state=None):
        batch, steps, _ = x.shape
        start = state if state is not None else [x.new_zeros((self.layers, batch, self.units))] * 2
        ends = []
        for k in range(self.layers):
            given = getattr(self, f"weight_ih_l{k}"), getattr(self, f"weight_hh_l{k}")
            given += getattr(self, f"bias_ih_l{k}"), getattr(self, f"bias_hh_l{k}")
            now = start[0][k], start[1][k]
            out = x.new_empty(batch, steps, self.units)
            for t in range(steps):
                now = self.cell(x[:, t], now[0], now[1], *given)
                out[:, t] = now[0]
            ends.append(now)
            x = out
        return x, [torch.stack([end[part] for end in ends]).detach() for part in (0, 1)]
