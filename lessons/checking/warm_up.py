"""What torch does once in a process, done before the first fork: else every submission would pay for it."""

import gc
from types import FunctionType

import torch

from lessons.checking.shortcuts import ShortcutWatch


def warm_up() -> None:
    """Enter the watchers once, run one step backward, and compute a shape without data, which imports sympy."""
    keep_the_compiler_away()
    with ShortcutWatch(["aten::is_called_so"]).watching():
        (torch.ones(2, 2, requires_grad=True) @ torch.ones(2, 2)).sum().backward()
        torch.bmm(*torch.ones(2, 1, 2, 2, device="meta"))


def keep_the_compiler_away() -> None:
    """Let the functions that torch hides from its compiler run as they are.

    Each of them would import the whole compiler at its first call, only to be excluded from it: 0.7 s, and most
    operators need one of them where tensors have no data. A torch that works otherwise is left as it is, and slower.
    """
    hidden = torch._disable_dynamo(lambda: None)  # type: ignore[attr-defined]
    if "fn" not in hidden.__code__.co_freevars:
        return
    place = hidden.__code__.co_freevars.index("fn")
    for function in gc.get_objects():
        if type(function) is FunctionType and function.__code__ is hidden.__code__ and function.__closure__:
            bare = function.__closure__[place].cell_contents
            bare.__dynamo_disable = bare
