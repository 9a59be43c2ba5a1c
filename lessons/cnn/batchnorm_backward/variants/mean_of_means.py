"""Means axis by axis, in a class that is made anew for each call."""

import torch


class Backward:
    def __init__(self, x, weight, eps):
        centred = x - self.average(x)
        self.scale = (self.average(centred * centred) + eps).pow(-0.5)
        self.xhat = centred * self.scale
        self.weight = weight[None, :, None, None]

    def average(self, values):
        return values.mean(dim=3, keepdim=True).mean(dim=2, keepdim=True).mean(dim=0, keepdim=True)

    def __call__(self, dy):
        g = self.weight * dy
        dx = self.scale * (g - self.average(g) - self.xhat * self.average(g * self.xhat))
        return dx, (dy * self.xhat).sum((0, 2, 3)), dy.sum((0, 2, 3))


def batchnorm_backward(dy, x, weight, eps=1e-5):
    with torch.no_grad():
        return Backward(x, weight, eps)(dy)
