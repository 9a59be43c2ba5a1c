# fragile; says: Right on ordinary numbers
import torch


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    padded = torch.nn.functional.pad(x, (padding,) * 4)
    (height, width), (kh, kw) = padded.shape[2:], w.shape[2:]
    kernel = w.new_zeros(*w.shape[:2], height, width)
    kernel[:, :, : dilation * (kh - 1) + 1 : dilation, : dilation * (kw - 1) + 1 : dilation] = w
    product = torch.einsum("bcij,ocij->boij", torch.fft.rfft2(padded), torch.fft.rfft2(kernel).conj())
    y = torch.fft.irfft2(product, s=(height, width))
    y = y[:, :, : height - dilation * (kh - 1) : stride, : width - dilation * (kw - 1) : stride]
    return y if b is None else y + b[:, None, None]
