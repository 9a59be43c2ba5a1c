"""One padded image is kept and filled anew by each call, so the gradients of the call before are lost. Autograd still needs that image: make a new one in each call."""

EQUATION = "xpad of call 1 = xpad of call 2"
HINT = 3

BUFFERS = {}


def conv2d(x, w, b=None, stride=1, padding=0, dilation=1):
    kh, kw = w.shape[2:]
    images, channels, height, width = x.shape
    key = (x.shape, padding, x.dtype, x.device)
    if key not in BUFFERS:
        BUFFERS[key] = x.new_zeros(images, channels, height + 2 * padding, width + 2 * padding)
    xpad = BUFFERS[key].detach()
    xpad[:, :, padding : padding + height, padding : padding + width] = x
    h_out = (x.shape[2] + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w_out = (x.shape[3] + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    y = x.new_zeros(x.shape[0], w.shape[0], h_out, w_out)
    for u in range(kh):
        for v in range(kw):
            seen = xpad[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :h_out, :w_out]
            y = y + (seen[:, None] * w[:, :, u, v, None, None]).sum(2)
    return y if b is None else y + b[:, None, None]
