"""When reading stops with an error, the modes are not put back: only what stands in a finally is done in any case."""

import torch

EQUATION = "error: part.training = False"
HINT = 3


@torch.no_grad()
def trace_gates(net, ids, gate_order="ifgo", state=None):
    modes = [(part, part.training) for part in net.modules()]
    net.eval()
    cell = net.cell
    trace = {name: [] for name in "ifgoch"}
    if True:
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
    if True:
        for part, training in modes:
            part.training = training
    return {name: torch.stack(rows) for name, rows in trace.items()}
