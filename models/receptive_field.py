"""What a sequence of layers sees and costs, counted from its description: nothing is run, no weight is made."""

from typing import Any

Layer = dict[str, Any]


def receptive_field(layers: list[Layer], channels: int, height: int, width: int) -> list[Layer]:
    """Follow a (channels, height, width) image through the layers; one row of numbers for each of them.

        H' = floor((H + 2 p - d (k - 1) - 1) / s) + 1, W' alike
        r' = r + d (k - 1) j,  j' = j s, from r = j = 1
        conv: parameters O C k^2 (+ O for the bias), multiply-adds O C k^2 H' W';  norm: parameters 2 C

    Symbols: k kernel_size, s stride, p padding, d dilation, C channels before, O out_channels; r is the field, the
    number of input rows that one output sees, and j the jump, the input rows between two neighbouring outputs.
    Dumoulin and Visin 2016, section 5.1, for the shapes; Araujo et al. 2019 (Distill), for the field and the jump.
    """
    field, jump, rows = 1, 1, []
    for layer in layers:
        parameters = multiply_adds = 0
        if layer["kind"] in ("conv", "pool"):
            kernel_size, stride, padding, dilation = _window(layer)
            reach = dilation * (kernel_size - 1)  # rows from the first to the last that a window touches
            height = _positions(height, reach, stride, padding)
            width = _positions(width, reach, stride, padding)
            field += reach * jump  # the steps of this window are as long as the jump before it
            jump *= stride
        if layer["kind"] == "conv":
            weights = layer["out_channels"] * channels * layer["kernel_size"] ** 2
            parameters = weights + (layer["out_channels"] if layer.get("bias", True) else 0)
            multiply_adds = weights * height * width
            channels = layer["out_channels"]
        elif layer["kind"] == "norm":
            parameters = 2 * channels  # one weight and one bias a channel; the running statistics are not learnt
        elif layer["kind"] not in ("pool", "relu"):
            raise ValueError(f"no layer is of the kind {layer['kind']!r}: there are conv, pool, norm and relu")
        shape = (channels, height, width)
        rows.append({"shape": shape, "field": field, "jump": jump, "parameters": parameters, "macs": multiply_adds})
    return rows


def _window(layer: Layer) -> tuple[int, int, int, int]:
    """Kernel size, stride, padding and dilation; a pooling moves by its own size unless told otherwise."""
    stride = layer.get("stride", layer["kernel_size"] if layer["kind"] == "pool" else 1)
    return layer["kernel_size"], stride, layer.get("padding", 0), layer.get("dilation", 1)


def _positions(size: int, reach: int, stride: int, padding: int) -> int:
    """How many places a window has along one axis."""
    room = size + 2 * padding - reach - 1
    if room < 0:
        raise ValueError(f"a window that spans {reach + 1} does not fit into {size} with {padding} on each side")
    return room // stride + 1
