"""h and c are kept in one and the same list, so what is written as h is overwritten by c. Each needs a list of its own."""

import torch
from torch import nn

EQUATION = "h_k[t-1] = c_k[t-1]"
HINT = 2


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
        zeros = x.new_zeros(self.num_layers, x.shape[0], self.hidden_size)
        h = c = list(zeros)
        if state is not None:
            h, c = list(state[0]), list(state[1])
        outputs = []
        for shown in x.unbind(1):
            for k in range(self.num_layers):
                h[k], c[k] = self.cell(shown, h[k], c[k], *self.weights(k))
                shown = h[k]
            outputs.append(shown)
        return torch.stack(outputs, 1), (torch.stack(h).detach(), torch.stack(c).detach())
