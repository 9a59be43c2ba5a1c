"""Autograd of torch's own convolution under the exercise's signature."""

import torch
from torch import Tensor, nn


def conv2d_backward(
    dy: Tensor, x: Tensor, w: Tensor, stride: int = 1, padding: int = 0, dilation: int = 1
) -> tuple[Tensor, ...]:
    image, kernel = x.detach().requires_grad_(), w.detach().requires_grad_()
    bias = w.new_zeros(w.shape[0], requires_grad=True)
    y = nn.functional.conv2d(image, kernel, bias, stride, padding, dilation)
    return torch.autograd.grad(y, (image, kernel, bias), dy)
