"""A softmax with a gradient written by hand, and the loss by it."""

import torch


class Softmax(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, dim):
        powers = torch.exp(x - x.amax(dim, keepdim=True))
        p = powers / powers.sum(dim, keepdim=True)
        ctx.save_for_backward(p)
        ctx.dim = dim
        return p

    @staticmethod
    def backward(ctx, dp):
        (p,) = ctx.saved_tensors
        return p * (dp - (dp * p).sum(ctx.dim, keepdim=True)), None


def softmax(x, dim):
    return Softmax.apply(x, dim)


def cross_entropy(logits, targets, pad):
    shifted = logits - logits.amax(-1, keepdim=True)
    logs = shifted - shifted.exp().sum(-1, keepdim=True).log()
    chosen = torch.take_along_dim(logs, targets.unsqueeze(-1), -1).squeeze(-1)
    chosen = torch.where(targets == pad, 0.0, -chosen)
    return chosen.sum() / torch.count_nonzero(targets != pad).clamp(min=1)
