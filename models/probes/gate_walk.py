"""What every gate and state of trained recurrent layers does, character by character."""

from collections.abc import Mapping

import torch
from jaxtyping import Float
from torch import Tensor

from models.recurrent_assembly import Recurrent

# What there is to see of each cell: gates first, states last.
SIGNALS = {"lstm": "ifgoch", "gru": "rznh", "rnn": "h"}


def walk(recurrent: Recurrent, x: Float[Tensor, "T D"]) -> list[dict[str, Float[Tensor, "T H"]]]:
    """For each layer, the gates and states after each step; layer k reads what layer k - 1 shows.

    LSTM: i, f, o = sigmoid(a), g = tanh(a_g), c' = f c + i g, h' = o tanh(c').
    GRU:  r, z = sigmoid(a), n the candidate, h' by the convention that the rows follow.
    Hochreiter and Schmidhuber 1997; Cho et al. 2014 (1406.1078).
    """
    layers, rows = [], x
    for layer in range(recurrent.num_layers):
        signals = walk_layer(recurrent.cell, recurrent.conventions, layer_weights(recurrent, layer), rows)
        layers.append(signals)
        rows = signals["h"]
    return layers


def layer_weights(recurrent: Recurrent, layer: int) -> dict[str, Tensor]:
    """Weights and biases of one layer; a vanilla net's one bias stands as bias_ih."""
    own = dict(recurrent.layers.named_parameters())
    w_hh = own[f"weight_hh_l{layer}"]
    nothing = w_hh.new_zeros(w_hh.shape[0])
    bias = own.get(f"bias_ih_l{layer}", own.get(f"bias_l{layer}", nothing))
    return {
        "w_ih": own[f"weight_ih_l{layer}"],
        "w_hh": w_hh,
        "b_ih": bias,
        "b_hh": own.get(f"bias_hh_l{layer}", nothing),
    }


def walk_layer(
    cell: str, conventions: Mapping[str, str], weights: Mapping[str, Tensor], x: Float[Tensor, "T D"]
) -> dict[str, Float[Tensor, "T H"]]:
    """One layer over the steps, from states of zeros."""
    step = {"lstm": lstm_step, "gru": gru_step, "rnn": rnn_step}[cell]
    state = {name: x.new_zeros(weights["w_hh"].shape[1]) for name in "hc"}
    rows: dict[str, list[Tensor]] = {name: [] for name in SIGNALS[cell]}
    for each in x:
        seen = step(each, state, weights, conventions)
        state |= {name: seen[name] for name in "hc" if name in seen}
        for name, values in rows.items():
            values.append(seen[name])
    return {name: torch.stack(values) for name, values in rows.items()}


def lstm_step(x: Tensor, state: Mapping[str, Tensor], w: Mapping[str, Tensor], how: Mapping[str, str]) -> dict:
    """One step of an LSTM, its gates beside its states; the last axis counts, others are rows of a batch."""
    a = (x @ w["w_ih"].T + w["b_ih"] + state["h"] @ w["w_hh"].T + w["b_hh"]).chunk(4, dim=-1)
    gates = dict(zip(how["gate_order"], a, strict=True))
    i, f, g, o = gates["i"].sigmoid(), gates["f"].sigmoid(), gates["g"].tanh(), gates["o"].sigmoid()
    c = f * state["c"] + i * g
    return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": o * c.tanh()}


def gru_step(x: Tensor, state: Mapping[str, Tensor], w: Mapping[str, Tensor], how: Mapping[str, str]) -> dict:
    """One step of a GRU."""
    given = (x @ w["w_ih"].T + w["b_ih"]).chunk(3, dim=-1)
    (u_r, u_z, u_n), (v_r, v_z, v_n) = w["w_hh"].chunk(3), w["b_hh"].chunk(3)
    h = state["h"]
    r = (given[0] + h @ u_r.T + v_r).sigmoid()
    z = (given[1] + h @ u_z.T + v_z).sigmoid()
    recurrent = (r * h) @ u_n.T + v_n if how["reset"] == "before" else r * (h @ u_n.T + v_n)
    n = (given[2] + recurrent).tanh()
    kept = z if how["update"] == "cho" else 1.0 - z
    return {"r": r, "z": z, "n": n, "h": kept * h + (1.0 - kept) * n}


def rnn_step(x: Tensor, state: Mapping[str, Tensor], w: Mapping[str, Tensor], _how: Mapping[str, str]) -> dict:
    """One step of a vanilla net."""
    return {"h": (x @ w["w_ih"].T + w["b_ih"] + state["h"] @ w["w_hh"].T + w["b_hh"]).tanh()}
