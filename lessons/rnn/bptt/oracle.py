"""Autograd through torch's own cell under the exercise's signature.

b is not given, but the states are: it is what is missing in the sums before tanh, and no gradient depends on it.
"""

import torch
from torch import Tensor


def bptt(dh: Tensor, x: Tensor, h0: Tensor, h: Tensor, w: Tensor, u: Tensor) -> tuple[Tensor, ...]:
    dx, dw, du = torch.empty_like(x), torch.zeros_like(w), torch.zeros_like(u)
    db, back = w.new_zeros(w.shape[0]), torch.zeros_like(h0)
    for t in reversed(range(len(h))):
        leaves = [each.detach().requires_grad_() for each in (x[t], h[t - 1] if t else h0, w, u)]
        bias = torch.zeros_like(h[t], requires_grad=True)  # one for each sequence: what is missing differs by rounding
        sums = torch.nn.functional.linear(leaves[0], leaves[2]) + torch.nn.functional.linear(leaves[1], leaves[3])
        y = _TanhThatGave.apply(sums + bias, h[t])
        dx[t], back, one_dw, one_du, one_db = torch.autograd.grad(y, [*leaves, bias], dh[t] + back)
        dw += one_dw
        du += one_du
        db += one_db.sum(0)
    return dx, back, dw, du, db


class _TanhThatGave(torch.autograd.Function):
    """tanh with a known result: its slope is torch's own."""

    @staticmethod
    def forward(ctx, _sums, result):
        ctx.save_for_backward(result)
        return result.clone()

    @staticmethod
    def backward(ctx, *gradients):
        (result,) = ctx.saved_tensors
        return torch.ops.aten.tanh_backward(gradients[0], result), None
