"""torch's own layers in a row, under the exercise's signature."""

from collections import OrderedDict

from torch import nn


class FeedForward(nn.Sequential):
    def __init__(self, d_model: int, d_ff: int) -> None:
        parts = {"w_1": nn.Linear(d_model, d_ff), "relu": nn.ReLU(), "w_2": nn.Linear(d_ff, d_model)}
        super().__init__(OrderedDict(parts))
