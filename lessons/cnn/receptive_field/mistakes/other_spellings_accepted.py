"""Capitals and blanks in a kind are forgiven. A misspelt net is counted as another one: only the four words are known."""

EQUATION = "kind = kind.lower().strip()"
HINT = 1


def receptive_field(layers, channels, height, width):
    field, jump, rows = 1, 1, []
    for layer in layers:
        kind, parameters, macs = layer["kind"].lower().strip(), 0, 0
        if kind in ("conv", "pool"):
            k, p, d = layer["kernel_size"], layer.get("padding", 0), layer.get("dilation", 1)
            s = layer.get("stride", k if kind == "pool" else 1)
            height, width = (size_after(size, k, s, p, d) for size in (height, width))
            field += d * (k - 1) * jump
            jump *= s
        if kind == "conv":
            out = layer["out_channels"]
            weights = out * channels * k * k
            parameters = weights + (out if layer.get("bias", True) else 0)
            macs = weights * height * width
            channels = out
        elif kind == "norm":
            parameters = 2 * channels
        elif kind not in ("pool", "relu"):
            raise ValueError(f"no such kind: {kind}")
        shape = (channels, height, width)
        rows.append({"shape": shape, "field": field, "jump": jump, "parameters": parameters, "macs": macs})
    return rows


def size_after(size, k, s, p, d):
    room = size + 2 * p - d * (k - 1) - 1
    if room < 0:
        raise ValueError("the window does not fit")
    return room // s + 1
