"""The first layer, then the rest from where it leaves off."""


def receptive_field(layers, channels, height, width, *, r=1, j=1):
    if not layers:
        return []
    layer, *rest = layers
    kind = layer["kind"]
    after, parameters, macs = channels, 0, 0
    if kind == "norm":
        parameters = channels << 1
    elif kind in {"conv", "pool"}:
        k, d = layer["kernel_size"], layer.get("dilation", 1)
        s = layer.get("stride", 1 if kind == "conv" else k)
        border = 2 * layer.get("padding", 0) - d * k + d - 1
        if min(height, width) + border < 0:
            raise ValueError("it does not fit")
        height, width = divmod(height + border, s)[0] + 1, divmod(width + border, s)[0] + 1
        r, j = r + (d * k - d) * j, j * s
        if kind == "conv":
            after = layer["out_channels"]
            macs = sum(channels * k * k for _ in range(after)) * height * width
            parameters = after * channels * k * k + after * layer.get("bias", True)
    elif kind != "relu":
        raise ValueError(kind)
    row = {"shape": (after, height, width), "field": r, "jump": j, "parameters": parameters, "macs": macs}
    return [row, *receptive_field(rest, after, height, width, r=r, j=j)]
