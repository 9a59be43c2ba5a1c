# passed
import torch
from torch import Tensor


@torch.jit.script
def conv2d(x: Tensor, w: Tensor, b: Tensor | None = None, stride: int = 1, padding: int = 0, dilation: int = 1):
    padded = torch.nn.functional.pad(x, [padding, padding, padding, padding])
    h_out = (padded.size(2) - dilation * (w.size(2) - 1) - 1) // stride + 1
    w_out = (padded.size(3) - dilation * (w.size(3) - 1) - 1) // stride + 1
    y = x.new_zeros([x.size(0), w.size(0), h_out, w_out])
    for u in range(w.size(2)):
        for v in range(w.size(3)):
            seen = padded[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + torch.einsum("oc,bchw->bohw", [w[:, :, u, v], seen])
    if b is not None:
        y = y + b.view(1, -1, 1, 1)
    return y
