"""How much of a loss at the last step arrives at each earlier one: RNN, LSTM and GRU, untrained and trained."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.figures.gradient_by_depth import significant
from models.figures.recall_batches import RecallBatches
from models.figures.settings import SEEDS, chosen_settings
from models.figures.threads import one_thread
from models.gradient_through_time import grad_through_time
from models.gru_cell import gru_cell
from models.jacobian_product import jacobian_bound
from models.lstm_cell import lstm_cell

UNITS = 32
SEQUENCES = 16  # that the measured norms are the geometric mean of
BATCH = 32  # of training
LEARNING_RATE = 3e-3
MAX_NORM = 1.0
SMALLEST = 1e-300  # a norm of exactly 0 has no logarithm
RECURRENT = ("torch's", "0.9 orthogonal", "orthogonal", "1.5 orthogonal")  # U of the RNN
SETTINGS = {"steps": (50, 20, 100), "recurrent": RECURRENT, "trained": (0, 400), "seed": SEEDS}
FORGET_BIASES = {"LSTM, bias 0": 0.0, "LSTM, bias 1": 1.0}

Step = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True)
class Recurrent:
    """A layer of torch's and what reads its last state."""

    layer: nn.RNNBase
    readout: nn.Linear

    def loss(self, h: Float[Tensor, "B H"], labels: Int[Tensor, " B"]) -> Tensor:
        return nn.functional.cross_entropy(self.readout(h), labels)

    def double(self) -> "Recurrent":
        return Recurrent(self.layer.double(), self.readout.double())


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Gradient norms through time of four nets made now, and the bound that belongs to the RNN.

    Asked: steps T, recurrent (how the RNN's U is drawn; the others are as torch draws them), trained (steps of Adam on
    recalling the first symbol), seed. The loss is taken at T only. An arm has its held-out loss and, from t = 1 to T,
    curves of norms relative to the one at T: `h` (|dL/dh_t|) of RNN and GRU; `c` (|dL/dc_t|, by c_t and all that
    comes of it) and `joint` (|dL/d(h_t, c_t)|, each with the other held) of an LSTM. Its `forget` gates are geometric
    means over steps 2 to T: of all units, and of the unit that keeps most.
    """
    settings = chosen_settings(question, SETTINGS)
    data = RecallBatches(settings["steps"], settings["seed"])
    nets = {name: built(name, settings["recurrent"], settings["seed"]) for name in ("RNN", *FORGET_BIASES, "GRU")}
    for net in nets.values():
        train(net, data, settings["trained"])
    x, labels = data.held_out(SEQUENCES)
    arms = {name: measured(net.double(), x.double(), labels) for name, net in nets.items()}
    u = nets["RNN"].layer.get_parameter("weight_hh_l0").detach()
    bound = jacobian_bound(u, settings["steps"] - 1).tolist()
    return {
        "settings": settings,
        "sequences": SEQUENCES,
        "arms": arms,
        "sigma_max": significant(torch.linalg.matrix_norm(u, 2).item()),
        "spectral_radius": significant(torch.linalg.eigvals(u).abs().max().item()),
        "bound": [significant(value) for value in bound],
    }


def built(name: str, recurrent: str, seed: int) -> Recurrent:
    """A net of one layer; the seed gives all of them the same readout."""
    with torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.manual_seed(seed)
        readout = nn.Linear(UNITS, RecallBatches.KINDS)
        layer = {"RNN": nn.RNN, "GRU": nn.GRU}.get(name, nn.LSTM)(RecallBatches.SYMBOLS, UNITS)
        if name in FORGET_BIASES:  # torch's second bias is added to the first
            layer.get_parameter("bias_ih_l0")[UNITS : 2 * UNITS] = FORGET_BIASES[name]
            layer.get_parameter("bias_hh_l0")[UNITS : 2 * UNITS] = 0.0
        if name == "RNN" and recurrent != "torch's":
            u = nn.init.orthogonal_(layer.get_parameter("weight_hh_l0"))
            u.mul_(float(recurrent.removesuffix("orthogonal") or 1))
    return Recurrent(layer, readout)


def train(net: Recurrent, data: RecallBatches, steps: int) -> None:
    """Adam, gradients clipped by their common norm, every batch new."""
    parameters = [*net.layer.parameters(), *net.readout.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=LEARNING_RATE)
    for _ in range(steps):
        x, labels = data.training(BATCH)
        loss = net.loss(net.layer(x)[0][-1], labels)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, MAX_NORM)
        optimiser.step()


def measured(net: Recurrent, x: Float[Tensor, "T B D"], labels: Int[Tensor, " B"]) -> dict[str, Any]:
    """The held-out loss and the curves of one net."""
    step, is_lstm = step_of(net.layer), isinstance(net.layer, nn.LSTM)
    state = x.new_zeros(x.shape[1], UNITS * (2 if is_lstm else 1))
    loss = net.loss(net.layer(x)[0][-1], labels).item()
    relative, _ = grad_through_time(step, lambda h: net.loss(h[:, :UNITS], labels), x, state)
    if not is_lstm:
        return {"loss": significant(loss), "h": _geometric_mean(relative)}
    cells, gates = cell_gradients(net, x, labels)
    forget = gates.log().mean(dim=(0, 1)).exp()  # (H,): each unit's mean factor of a step
    return {
        "loss": significant(loss),
        "c": _geometric_mean(cells),
        "joint": _geometric_mean(relative),
        "forget": {"mean": significant(forget.log().mean().exp().item()), "top": significant(forget.max().item())},
    }


def step_of(layer: nn.RNNBase) -> Step:
    """One step by the course's own references, with the layer's weights; an LSTM's state is h and c side by side."""
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    w, u, b, v = weights = tuple(layer.get_parameter(name).detach() for name in names)
    if isinstance(layer, nn.LSTM):
        return lambda x, state: torch.cat(lstm_cell(x, *state.chunk(2, dim=1), *weights), dim=1)
    if isinstance(layer, nn.GRU):
        return lambda x, h: gru_cell(x, h, *weights)
    return lambda x, h: torch.tanh(x @ w.T + b + h @ u.T + v)


def cell_gradients(
    net: Recurrent, x: Float[Tensor, "T B D"], labels: Int[Tensor, " B"]
) -> tuple[Float[Tensor, "T B"], Float[Tensor, "T-1 B H"]]:
    """|dL/dc_t| / |dL/dc_T| of an LSTM, and its forget gates from step 2 on.

    dL/dc_t is what c_t does by h_t = o_t tanh(c_t) and by everything after it.
    """
    w, u, b, v = weights = [p.detach() for name, p in net.layer.named_parameters() if name.endswith("_l0")]
    h = x.new_zeros(x.shape[1], UNITS)
    c, cells, gates = h.clone().requires_grad_(), [], []
    for x_t in x:
        gates.append(torch.sigmoid(x_t @ w.T + b + h @ u.T + v)[:, UNITS : 2 * UNITS].detach())
        h, c = lstm_cell(x_t, h, c, *weights)
        cells.append(c)
    norms = torch.stack([g.norm(dim=1) for g in torch.autograd.grad(net.loss(h, labels), cells)])  # (T, B)
    return norms / norms[-1], torch.stack(gates[1:])


def _geometric_mean(curve: Float[Tensor, "T B"]) -> list[float | None]:
    return [significant(value) for value in curve.clamp(min=SMALLEST).log().mean(dim=1).exp().tolist()]
