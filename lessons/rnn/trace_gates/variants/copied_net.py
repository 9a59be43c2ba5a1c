"""A copy of the net is put into evaluation mode, in a context of its own; one-hot rows choose the blocks."""

import copy

import torch


class Watcher:
    def __init__(self, net, gate_order):
        self.net = copy.deepcopy(net).eval()
        self.order = gate_order
        self.rows = []

    def read(self, x, h, c):
        cell = self.net.cell
        pre = torch.einsum("kd,d->k", cell.weight_ih, x) + torch.einsum("kh,h->k", cell.weight_hh, h)
        pre = pre + cell.bias_ih + cell.bias_hh
        n = pre.shape[0] // 4
        parts = {name: pre[n * k : n * k + n] for k, name in enumerate(self.order)}
        i, f, o = (1 / (1 + torch.exp(-parts[name])) for name in "ifo")
        g = 2 * torch.sigmoid(2 * parts["g"]) - 1
        c = f * c + i * g
        h = o * (2 * torch.sigmoid(2 * c) - 1)
        self.rows.append(dict(i=i, f=f, g=g, o=o, c=c, h=h))
        return h, c


def trace_gates(net, ids, gate_order="ifgo", state=None):
    with torch.no_grad():
        watcher = Watcher(net, gate_order)
        size = net.cell.weight_hh.shape[-1]
        h = net.cell.weight_hh.new_zeros(size) if state is None else state[0]
        c = torch.zeros_like(h) if state is None else state[1]
        for k in ids:
            h, c = watcher.read(watcher.net.embedding(k), h, c)
        return {name: torch.stack([row[name] for row in watcher.rows]) for name in ("h", "c", "o", "g", "f", "i")}
