"""All of W x in one product before the loop; the states written into a tensor that is there already."""

import torch


def rnn_forward(x, h0, w, u, b):
    from_inputs = torch.einsum("tbd,hd->tbh", x, w) + b
    states = torch.empty_like(from_inputs)
    h = h0
    for t in range(len(x)):
        h = (from_inputs[t] + torch.einsum("bk,hk->bh", h, u)).tanh()
        states[t] = h
    return states
