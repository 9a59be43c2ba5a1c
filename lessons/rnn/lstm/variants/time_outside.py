"""Time is the outer loop, layers the inner one; every layer's state in a list."""

import torch
from torch import nn


class LSTM(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell, self.hidden_size, self.num_layers = cell, hidden_size, num_layers
        bound = hidden_size**-0.5
        for k in range(num_layers):
            shapes = {
                "weight_ih": (4 * hidden_size, hidden_size if k else input_size),
                "weight_hh": (4 * hidden_size, hidden_size),
                "bias_ih": (4 * hidden_size,),
                "bias_hh": (4 * hidden_size,),
            }
            for name, shape in shapes.items():
                self.register_parameter(f"{name}_l{k}", nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def weights(self, k):
        return [getattr(self, f"{name}_l{k}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]

    def forward(self, x, state=None):
        size = (self.num_layers, len(x), self.hidden_size)
        h, c = (list(part) for part in state or (x.new_zeros(size), x.new_zeros(size)))
        out = []
        for t in range(x.size(1)):
            seen = x[:, t]
            for k in range(self.num_layers):
                h[k], c[k] = self.cell(seen, h[k], c[k], *self.weights(k))
                seen = h[k]
            out.append(seen)
        return torch.stack(out, dim=1), tuple(torch.stack(part).detach() for part in (h, c))
