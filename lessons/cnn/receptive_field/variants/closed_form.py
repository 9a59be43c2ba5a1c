"""Each row on its own: the field as one sum over the windows before it, the jump as one product."""

import math


def receptive_field(layers, channels, height, width):
    if any(layer["kind"] not in ("conv", "pool", "norm", "relu") for layer in layers):
        raise ValueError("a layer is conv, pool, norm or relu")
    windows = [window(layer) for layer in layers]
    rows, shape = [], (channels, height, width)
    for index, layer in enumerate(layers):
        before, (c, h, w) = shape[0], shape
        k, s, p, d = windows[index]
        shape = (layer.get("out_channels", c), places(h, k, s, p, d), places(w, k, s, p, d))
        strides = [one[1] for one in windows[: index + 1]]
        field = 1 + sum(d_ * (k_ - 1) * math.prod(strides[:n]) for n, (k_, _, _, d_) in enumerate(windows[: index + 1]))
        numbers = {"shape": shape, "field": field, "jump": math.prod(strides)}
        rows.append(numbers | cost(layer, before, shape))
    return rows


def window(layer):
    if layer["kind"] in ("norm", "relu"):
        return 1, 1, 0, 1
    k = layer["kernel_size"]
    return k, layer.get("stride", {"conv": 1, "pool": k}[layer["kind"]]), layer.get("padding", 0), layer.get("dilation", 1)


def places(size, k, s, p, d):
    starts = range(-p, size + p - d * (k - 1), s)
    if not starts:
        raise ValueError("too large a window")
    return len(starts)


def cost(layer, before, shape):
    if layer["kind"] == "norm":
        return {"parameters": shape[0] + shape[0], "macs": 0}
    if layer["kind"] != "conv":
        return {"parameters": 0, "macs": 0}
    seen = before * layer["kernel_size"] ** 2
    return {"parameters": shape[0] * (seen + int(layer.get("bias", True))), "macs": math.prod(shape) * seen}
