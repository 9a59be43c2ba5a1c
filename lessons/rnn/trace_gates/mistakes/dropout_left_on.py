"""The net is watched in training mode: dropout zeroes inputs by chance, and the same text gives other gates each time. net.eval() reaches every part; net.training = False only the net's own flag."""

import torch

EQUATION = "x_t = m_t embedding(ids[t]) / (1 - p), m_t drawn"
HINT = 1


@torch.no_grad()
def trace_gates(net, ids, gate_order="ifgo", state=None):
    modes = [(part, part.training) for part in net.modules()]
    cell = net.cell
    trace = {name: [] for name in "ifgoch"}
    try:
        zeros = cell.weight_hh.new_zeros(cell.weight_hh.shape[1])
        h, c = (zeros, zeros) if state is None else state
        for x in net.dropout(net.embedding(ids)):
            a = cell.weight_ih @ x + cell.bias_ih + cell.weight_hh @ h + cell.bias_hh
            a = dict(zip(gate_order, a.chunk(4)))
            i, f, o = a["i"].sigmoid(), a["f"].sigmoid(), a["o"].sigmoid()
            g = a["g"].tanh()
            c = f * c + i * g
            h = o * c.tanh()
            for name, value in zip("ifgoch", (i, f, g, o, c, h)):
                trace[name].append(value)
    finally:
        for part, training in modes:
            part.training = training
    return {name: torch.stack(rows) for name, rows in trace.items()}
