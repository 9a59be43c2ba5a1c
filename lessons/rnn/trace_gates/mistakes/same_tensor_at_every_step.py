"""c and h are updated in place and the same two tensors are recorded at every step: at the end all rows show the last one."""

import torch

EQUATION = "row t of c and h = c_T, h_T"
HINT = 3


@torch.no_grad()
def trace_gates(net, ids, gate_order="ifgo", state=None):
    modes = [(part, part.training) for part in net.modules()]
    net.eval()
    cell = net.cell
    trace = {name: [] for name in "ifgoch"}
    try:
        zeros = cell.weight_hh.new_zeros(cell.weight_hh.shape[1])
        h, c = (zeros.clone(), zeros.clone()) if state is None else (state[0].clone(), state[1].clone())
        for x in net.dropout(net.embedding(ids)):
            a = cell.weight_ih @ x + cell.bias_ih + cell.weight_hh @ h + cell.bias_hh
            a = dict(zip(gate_order, a.chunk(4)))
            i, f, o = a["i"].sigmoid(), a["f"].sigmoid(), a["o"].sigmoid()
            g = a["g"].tanh()
            c.mul_(f).add_(i * g)
            h.copy_(o * c.tanh())
            for name, value in zip("ifgoch", (i, f, g, o, c, h)):
                trace[name].append(value)
    finally:
        for part, training in modes:
            part.training = training
    return {name: torch.stack(rows) for name, rows in trace.items()}
