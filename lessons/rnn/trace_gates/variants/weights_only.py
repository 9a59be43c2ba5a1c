"""No part of the net is called at all, so no mode has to change: the input's share of all steps in one product."""

import torch


def trace_gates(net, ids, gate_order="ifgo", state=None):
    w = {name: value.detach() for name, value in net.named_parameters()}
    hidden = w["cell.weight_hh"].shape[1]
    x = w["embedding.weight"][ids]
    inputs = x @ w["cell.weight_ih"].T + (w["cell.bias_ih"] + w["cell.bias_hh"])
    h, c = state if state else (inputs.new_zeros(hidden), inputs.new_zeros(hidden))
    out = {name: inputs.new_empty(len(ids), hidden) for name in "ifgoch"}
    squash = [torch.tanh if name == "g" else torch.sigmoid for name in gate_order]
    for t, row in enumerate(inputs):
        pre = (row + w["cell.weight_hh"] @ h).view(4, hidden)
        for name, function, block in zip(gate_order, squash, pre):
            out[name][t] = function(block)
        c = torch.addcmul(out["f"][t] * c, out["i"][t], out["g"][t])
        h = out["o"][t] * torch.tanh(c)
        out["c"][t], out["h"][t] = c, h
    return out
