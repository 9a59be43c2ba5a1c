"""The gradients of batch normalisation by hand."""

import torch
from jaxtyping import Float
from torch import Tensor


def batchnorm_backward(
    dy: Float[Tensor, "N C H W"], x: Float[Tensor, "N C H W"], weight: Float[Tensor, " C"], eps: float = 1e-5
) -> tuple[Float[Tensor, "N C H W"], Float[Tensor, " C"], Float[Tensor, " C"]]:
    """Send dL/dy back through y = weight xhat + bias, and through the batch's own mean and variance, to x.

        dbias = sum dy        dweight = sum dy xhat        dx = weight / (m s) (m dy - dbias - xhat dweight)

    Shapes: dy, x and dx (N, C, H, W); weight, dweight and dbias (C,).
    Symbols: xhat = (x - mean) / s with s = sqrt(var + eps); mean and var (divided by m) of a channel's m = N H W
    values, and sums over the same; weight is the paper's gamma, bias its beta.
    Ioffe and Szegedy 2015, section 3: the six equations of the chain rule, put into one.
    """
    m = x.shape[0] * x.shape[2] * x.shape[3]
    centred = x - x.mean(dim=(0, 2, 3), keepdim=True)  # (N, C, H, W)
    s = torch.sqrt(centred.square().mean(dim=(0, 2, 3), keepdim=True) + eps)  # (1, C, 1, 1)
    xhat = centred / s
    dbias, dweight = dy.sum(dim=(0, 2, 3)), (dy * xhat).sum(dim=(0, 2, 3))  # (C,) each
    passed_on = m * dy - dbias[:, None, None] - xhat * dweight[:, None, None]  # (N, C, H, W)
    return weight[:, None, None] / (m * s) * passed_on, dweight, dbias
