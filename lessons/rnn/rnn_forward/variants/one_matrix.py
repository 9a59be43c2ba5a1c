"""W and U side by side, x_t and the state side by side: one product a step."""

import torch


def rnn_forward(x, h0, w, u, b):
    both = torch.cat([w, u], dim=1).t()
    states = []
    for x_t in x.unbind(0):
        before = states[-1] if states else h0
        states.append(torch.tanh(torch.addmm(b, torch.cat([x_t, before], dim=1), both)))
    return torch.cat([state.unsqueeze(0) for state in states])
