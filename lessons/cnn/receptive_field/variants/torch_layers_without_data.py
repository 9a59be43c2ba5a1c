"""Shapes and parameters from torch's own layers on the meta device; field and jump by the recurrence."""

import torch
from torch import nn


def receptive_field(layers, channels, height, width):
    x = torch.empty(1, channels, height, width, device="meta")
    r, j, rows = 1, 1, []
    for layer in layers:
        options = {name: value for name, value in layer.items() if name not in ("kind", "out_channels", "kernel_size")}
        k = layer.get("kernel_size", 1)
        if layer["kind"] == "conv":
            module = nn.Conv2d(x.shape[1], layer["out_channels"], k, device="meta", **options)
        elif layer["kind"] == "pool":
            # torch's pool would refuse a padding above half its kernel; a kernel with one weight has the same shape
            module = nn.Conv2d(x.shape[1], x.shape[1], k, **{"stride": k} | options, bias=False, device="meta")
        elif layer["kind"] == "norm":
            module = nn.BatchNorm2d(x.shape[1], device="meta").eval()
        elif layer["kind"] == "relu":
            module = nn.ReLU()
        else:
            raise ValueError("unknown kind")
        before = x.shape[1]
        try:
            x = module(x)
        except RuntimeError as error:
            raise ValueError("the window does not fit") from error
        s = options.get("stride", k if layer["kind"] == "pool" else 1)
        r, j = r + options.get("dilation", 1) * (k - 1) * j, j * s
        row = {"shape": tuple(x.shape[1:]), "field": r, "jump": j, "parameters": 0, "macs": 0}
        if layer["kind"] != "pool":
            row["parameters"] = sum(p.numel() for p in module.parameters())
        if layer["kind"] == "conv":
            row["macs"] = x.numel() * before * k * k
        rows.append(row)
    return rows
