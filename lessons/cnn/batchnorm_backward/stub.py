"""The gradients of batch normalisation, by hand: what autograd did for you in `cnn/batchnorm2d`."""

import torch
from torch import Tensor


def batchnorm_backward(dy: Tensor, x: Tensor, weight: Tensor, eps: float = 1e-5) -> tuple[Tensor, Tensor, Tensor]:
    """Given dy = dL/dy of a batch normalisation in training mode, return (dx, dweight, dbias), in this order.

    The layer, per channel over its m = N H W values in the batch:
        mean = 1/m sum x        var = 1/m sum (x - mean)^2        s = sqrt(var + eps)
        xhat = (x - mean) / s   y = weight xhat + bias
    Its gradients, with sums over N, H and W:
        dbias   = sum dy
        dweight = sum dy xhat
        dx      = weight / (m s) (m dy - dbias - xhat dweight)

    Shapes:  dy, x (N, C, H, W), weight (C,)  ->  dx (N, C, H, W), dweight (C,), dbias (C,)
    Symbols: weight is the paper's gamma, bias its beta. The gradients do not depend on bias, so it does not come in.

    var is the biased variance (divided by m, not by m - 1); eps stands under the root, in xhat as well; it may be 0.
    mean and var belong to the batch: dx counts that every x moves them. dweight and dbias are sums, never means;
    whether the loss averages over the batch is in dy already. m = 1 is allowed: then dx and dweight are 0.
    The results have the dtype and the device of what comes in; dy, x and weight stay as they were and may lie in
    memory in any order. Every call stands for itself: nothing is added up, and nothing kept, from one to the next.

    Plain tensor operations only, without `.item()`, `.tolist()` or `float(...)` of a tensor: the check also runs where
    tensors have no values. Autograd (also torch.func) and torch's normalisations are refused while this runs.

    Ioffe and Szegedy 2015 (arXiv 1502.03167), section 3, the chain rule after Algorithm 1 (simplified here).
    """
    raise NotImplementedError("your turn: batchnorm_backward")
