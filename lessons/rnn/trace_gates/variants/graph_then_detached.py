"""A graph grows while it reads and is let go at the end, by detach."""

import torch


def trace_gates(net, ids, gate_order="ifgo", state=None):
    was_training = [part for part in net.modules() if part.training]
    for part in was_training:
        part.training = False
    try:
        w_x, w_h = net.cell.weight_ih, net.cell.weight_hh
        bias = net.cell.bias_ih + net.cell.bias_hh
        blocks_x = dict(zip(gate_order, torch.split(w_x, len(w_x) // 4)))
        blocks_h = dict(zip(gate_order, torch.split(w_h, len(w_h) // 4)))
        blocks_b = dict(zip(gate_order, torch.split(bias, len(bias) // 4)))
        h, c = state or (torch.zeros_like(blocks_b["i"]), torch.zeros_like(blocks_b["i"]))
        steps = []
        for x in net.embedding(ids).unbind():
            def gate(name):
                return blocks_x[name].mv(x) + blocks_h[name].mv(h) + blocks_b[name]

            i, f, g, o = gate("i").sigmoid(), gate("f").sigmoid(), gate("g").tanh(), gate("o").sigmoid()
            c = i * g + f * c
            h = c.tanh() * o
            steps.append((i, f, g, o, c, h))
    finally:
        for part in was_training:
            part.training = True
    return {name: torch.stack(rows).detach() for name, rows in zip("ifgoch", zip(*steps))}
