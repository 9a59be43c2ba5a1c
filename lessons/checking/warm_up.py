"""What torch does once in a process, done before the first fork: else every submission would pay for it."""

import gc
import os
from types import FunctionType

from lessons.checking.confinement import share_arenas

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "",
}


def warm_up() -> None:
    """Import torch for one thread, enter the watchers, run one step backward, compute a shape without data.

    Forking is safe only while torch has never used a second thread here. Nothing that an import makes is garbage:
    to look for some while it lasts costs a tenth of it, and to look again in each fork copies pages that are shared.
    """
    os.environ.update(ONE_THREAD)
    share_arenas()
    gc.disable()
    import torch

    from lessons.checking.shortcuts import ShortcutWatch

    torch.set_num_threads(1)
    keep_the_compiler_away()
    with ShortcutWatch(["aten::is_called_so"]).watching():
        (torch.ones(2, 2, requires_grad=True) @ torch.ones(2, 2)).sum().backward()
        torch.bmm(*torch.ones(2, 1, 2, 2, device="meta"))  # imports sympy
    gc.freeze()
    gc.enable()


def keep_the_compiler_away() -> None:
    """Let the functions that torch hides from its compiler run as they are.

    Each of them would import the whole compiler at its first call, only to be excluded from it: 0.7 s, and most
    operators need one of them where tensors have no data. A torch that works otherwise is left as it is, and slower.
    """
    import torch

    hidden = torch._disable_dynamo(lambda: None)  # type: ignore[attr-defined]
    if "fn" not in hidden.__code__.co_freevars:
        return
    place = hidden.__code__.co_freevars.index("fn")
    for function in gc.get_objects():
        if type(function) is FunctionType and function.__code__ is hidden.__code__ and function.__closure__:
            bare = function.__closure__[place].cell_contents
            bare.__dynamo_disable = bare
