"""The constructor sets the seed of all random numbers, so whatever is made after it begins alike, and a run's own seed counts no more."""

import torch
from torch import nn

EQUATION = "W, U, b the same every time"
HINT = 3


class LSTM(nn.Module):
    def __init__(self, cell, input_size, hidden_size, num_layers=1):
        super().__init__()
        self.cell, self.hidden_size, self.num_layers = cell, hidden_size, num_layers
        torch.manual_seed(0)
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
        if state is None:
            zeros = x.new_zeros(self.num_layers, x.shape[0], self.hidden_size)
            state = zeros, zeros
        shown, hs, cs = x.unbind(1), [], []
        for k in range(self.num_layers):
            h, c = state[0][k], state[1][k]
            weights, outputs = self.weights(k), []
            for step in shown:
                h, c = self.cell(step, h, c, *weights)
                outputs.append(h)
            shown = outputs
            hs.append(h)
            cs.append(c)
        return torch.stack(shown, 1), (torch.stack(hs).detach(), torch.stack(cs).detach())
