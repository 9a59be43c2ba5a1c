"""Layers of a recurrent cell that has one state: a GRU's or a vanilla net's, run over a batch of sequences."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn

# (x (B, T, D), h (B, H), the layer's weights) -> every state, (B, T, H)
Walk = Callable[..., Tensor]


class RecurrentStack(nn.Module):
    """Run a layer along time, layer upon layer; layer k reads what layer k - 1 shows.

        h_k[1..T] = walk(h_{k-1}[1..T], h_k[0], layer k's weights)        h_{-1} = x        out = h_{L-1}

    The state that comes back carries no graph. `rows` is how many blocks of H rows a weight has: 3 in a GRU, 1 in a
    vanilla net; `biases` the names of the biases beside weight_ih_lk and weight_hh_lk.

    Shapes: x (B, T, D), out (B, T, H), state (L, B, H).
    """

    def __init__(
        self, walk: Walk, rows: int, biases: tuple[str, ...], input_size: int, hidden_size: int, num_layers: int
    ) -> None:
        super().__init__()
        self.walk, self.hidden_size, self.num_layers = walk, hidden_size, num_layers
        self.names = ("weight_ih", "weight_hh", *biases)
        for layer in range(num_layers):
            width = hidden_size if layer else input_size
            shapes = [(rows * hidden_size, width), (rows * hidden_size, hidden_size)]
            shapes += [(rows * hidden_size,)] * len(biases)
            for name, shape in zip(self.names, shapes, strict=True):
                self.register_parameter(f"{name}_l{layer}", nn.Parameter(torch.zeros(shape)))

    def forward(
        self, x: Float[Tensor, "B T D"], state: Float[Tensor, "L B H"] | None = None
    ) -> tuple[Float[Tensor, "B T H"], Float[Tensor, "L B H"]]:
        h = x.new_zeros(self.num_layers, x.shape[0], self.hidden_size) if state is None else state
        ends = []
        for layer in range(self.num_layers):
            x = self.walk(x, h[layer], *(getattr(self, f"{name}_l{layer}") for name in self.names))  # (B, T, H)
            ends.append(x[:, -1])
        return x, torch.stack(ends).detach()


def step_by_step(cell: Callable[..., Tensor]) -> Walk:
    """Walk by a cell that takes one step: gru_cell(x, h, w_ih, w_hh, b_ih, b_hh)."""

    def walk(x: Tensor, h: Tensor, *weights: Tensor) -> Tensor:
        states = []
        for step in x.unbind(1):
            h = cell(step, h, *weights)  # (B, H)
            states.append(h)
        return torch.stack(states, dim=1)

    return walk


def all_at_once(forward: Callable[..., Tensor]) -> Walk:
    """Walk by a function that goes through time itself: rnn_forward(x (T, B, D), h0, w, u, b)."""

    def walk(x: Tensor, h: Tensor, *weights: Tensor) -> Tensor:
        return forward(x.transpose(0, 1), h, *weights).transpose(0, 1)

    return walk
