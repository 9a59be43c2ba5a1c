"""The states of all but the last input, then one more."""

import torch


def rnn_forward(x, h0, w, u, b):
    if x.shape[0] == 0:
        return h0.new_empty(0, *h0.shape)
    earlier = rnn_forward(x[:-1], h0, w, u, b)
    before = earlier[-1] if len(earlier) else h0
    h = torch.tanh((w @ x[-1].T + u @ before.T + b[:, None]).T)
    return torch.cat([earlier, h[None]])
