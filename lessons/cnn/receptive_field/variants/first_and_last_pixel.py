"""Follows which input rows the first output and its neighbour see: their ends give the field, their starts the jump."""


class Tracer:
    def __init__(self, channels, height, width):
        self.channels, self.sizes = channels, [height, width]
        self.first, self.last, self.next = 0, 0, 1

    def slide(self, layer, stride):
        k, p, d = layer["kernel_size"], layer.get("padding", 0), layer.get("dilation", 1)
        span = d * (k - 1) + 1
        for axis, size in enumerate(self.sizes):
            if size + 2 * p < span:
                raise ValueError(f"{span} pixels do not fit")
            self.sizes[axis] = (size + 2 * p - span + stride) // stride
        step = self.next - self.first
        self.first, self.last = self.first - p * step, self.last + (span - 1 - p) * step
        self.next = self.first + stride * step

    def conv(self, layer):
        self.slide(layer, layer.get("stride", 1))
        numbers = layer["out_channels"] * self.channels * layer["kernel_size"] ** 2
        self.channels = layer["out_channels"]
        bias = self.channels if layer.get("bias", True) else 0
        return numbers + bias, numbers * self.sizes[0] * self.sizes[1]

    def pool(self, layer):
        self.slide(layer, layer.get("stride", layer["kernel_size"]))
        return 0, 0

    def norm(self, layer):
        return 2 * self.channels, 0

    def relu(self, layer):
        return 0, 0


def receptive_field(layers, channels, height, width):
    tracer, rows = Tracer(channels, height, width), []
    for layer in layers:
        if layer["kind"] not in ("conv", "pool", "norm", "relu"):
            raise ValueError(layer["kind"])
        parameters, macs = getattr(tracer, layer["kind"])(layer)
        row = dict(shape=(tracer.channels, *tracer.sizes), field=tracer.last - tracer.first + 1)
        rows.append({**row, "jump": tracer.next - tracer.first, "parameters": parameters, "macs": macs})
    return rows
