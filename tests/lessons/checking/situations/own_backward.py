# passed
import torch
from torch.nn.functional import pad


class Convolution(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, w, stride, padding, dilation):
        ctx.save_for_backward(x, w)
        ctx.options = stride, padding, dilation
        seen = windows(pad(x, (padding,) * 4), w, stride, dilation)
        return torch.einsum("bchwuv,ocuv->bohw", seen, w)

    @staticmethod
    def backward(ctx, g):
        (x, w), (stride, padding, dilation) = ctx.saved_tensors, ctx.options
        padded = pad(x, (padding,) * 4)
        dw = torch.einsum("bohw,bchwuv->ocuv", g, windows(padded, w, stride, dilation))
        dx = torch.zeros_like(padded)
        for u in range(w.shape[2]):
            for v in range(w.shape[3]):
                rows = slice(u * dilation, u * dilation + (g.shape[2] - 1) * stride + 1, stride)
                columns = slice(v * dilation, v * dilation + (g.shape[3] - 1) * stride + 1, stride)
                dx[:, :, rows, columns] += torch.einsum("bohw,oc->bchw", g, w[:, :, u, v])
        return dx[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]], dw, None, None, None


def windows(padded, w, stride, dilation):
    reach_h, reach_w = (dilation * (k - 1) + 1 for k in w.shape[2:])
    return padded.unfold(2, reach_h, stride).unfold(3, reach_w, stride)[..., ::dilation, ::dilation]


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    y = Convolution.apply(x, w, stride, padding, dilation)
    return y if b is None else y + b[:, None, None]
