"""A stack of recurrent layers over a batch of sequences, made of whatever cell it is given."""

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

Cell = Callable[..., tuple[Tensor, Tensor]]  # (x, h, c, w_ih, w_hh, b_ih, b_hh) -> h', c'
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


class LSTM(nn.Module):
    """Run the cell along time, layer upon layer; layer k reads what layer k - 1 shows.

        h_k[t], c_k[t] = cell(h_{k-1}[t], h_k[t-1], c_k[t-1], layer k's weights)        h_{-1} = x        out = h_{L-1}

    The state that comes back carries no graph: the next call may start from it, and gradients end there (truncated
    backpropagation through time).

    Shapes: x (B, T, D), out (B, T, H), h and c of the state (L, B, H); weight_ih_l0 (4H, D), weight_ih_l1 and above
    (4H, H), weight_hh_lk (4H, H), bias_ih_lk and bias_hh_lk (4H,).
    Symbols: L = num_layers, D = input_size, H = hidden_size.
    Graves et al. 2013 (arXiv 1303.5778), section 2 and eq. 11: stacking; Williams and Peng 1990: truncation.
    """

    def __init__(self, cell: Cell, input_size: int, hidden_size: int, num_layers: int = 1) -> None:
        super().__init__()
        self.cell, self.hidden_size, self.num_layers = cell, hidden_size, num_layers
        bound = hidden_size**-0.5
        for layer in range(num_layers):
            width = hidden_size if layer else input_size
            shapes = ((4 * hidden_size, width), (4 * hidden_size, hidden_size), (4 * hidden_size,), (4 * hidden_size,))
            for name, shape in zip(NAMES, shapes, strict=True):
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))

    def forward(
        self,
        x: Float[Tensor, "B T D"],
        state: tuple[Float[Tensor, "L B H"], Float[Tensor, "L B H"]] | None = None,
    ) -> tuple[Float[Tensor, "B T H"], tuple[Float[Tensor, "L B H"], Float[Tensor, "L B H"]]]:
        h, c = state or 2 * (x.new_zeros(self.num_layers, x.shape[0], self.hidden_size),)
        shown, ends = x.unbind(1), []  # T of (B, D)
        for layer in range(self.num_layers):
            shown, end = self._layer(layer, shown, h[layer], c[layer])  # T of (B, H)
            ends.append(end)
        hs, cs = zip(*ends, strict=True)
        return torch.stack(shown, dim=1), (torch.stack(hs).detach(), torch.stack(cs).detach())

    def _layer(
        self, layer: int, inputs: Sequence[Tensor], h: Tensor, c: Tensor
    ) -> tuple[list[Tensor], tuple[Tensor, Tensor]]:
        weights = [getattr(self, f"{name}_l{layer}") for name in NAMES]
        shown = []
        for step in inputs:
            h, c = self.cell(step, h, c, *weights)
            shown.append(h)
        return shown, (h, c)
