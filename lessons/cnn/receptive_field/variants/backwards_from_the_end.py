"""The field of a layer is found from its output back to the image: r <- (r - 1) s + d(k-1) + 1."""

from functools import reduce


def receptive_field(layers, channels, height, width):
    rows, shape = [], (channels, height, width)
    for count, layer in enumerate(layers, 1):
        row = count_one(layer, *shape)
        shape = row["shape"]
        windows = [(w["kernel_size"], stride(w), w.get("dilation", 1)) for w in layers[:count] if "kernel_size" in w]
        row["field"] = reduce(lambda r, w: (r - 1) * w[1] + w[2] * (w[0] - 1) + 1, reversed(windows), 1)
        row["jump"] = reduce(lambda j, w: j * w[1], windows, 1)
        rows.append(row)
    return rows


def stride(layer):
    return layer["stride"] if "stride" in layer else 1 if layer["kind"] == "conv" else layer["kernel_size"]


def count_one(layer, channels, height, width):
    match layer["kind"]:
        case "relu":
            return {"shape": (channels, height, width), "parameters": 0, "macs": 0}
        case "norm":
            return {"shape": (channels, height, width), "parameters": channels * 2, "macs": 0}
        case "pool":
            return {"shape": (channels, size(height, layer), size(width, layer)), "parameters": 0, "macs": 0}
        case "conv":
            out, k = layer["out_channels"], layer["kernel_size"]
            h, w = size(height, layer), size(width, layer)
            weights = k * k * channels * out
            return {"shape": (out, h, w), "parameters": weights + out * bool(layer.get("bias", True)), "macs": weights * h * w}
        case other:
            raise ValueError(f"unknown layer {other}")


def size(n, layer):
    n += 2 * layer.get("padding", 0)
    n -= layer.get("dilation", 1) * (layer["kernel_size"] - 1)
    if n < 1:
        raise ValueError("the kernel is larger than the map")
    return 1 + (n - 1) // stride(layer)
