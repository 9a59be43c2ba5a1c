"""What a process is like before a file runs in it, and whether it is so again afterwards.

Several files of ours share one process only as long as each of them leaves it as it was. What every file uses up is put
back (modules, random numbers, the way to its imports); whatever else is found changed ends the sharing.
"""

import contextlib
import gc
import os
import random
import signal
import sys
import threading
import warnings
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np
import torch
from torch.nn.modules import module as nn_module

from lessons.checking.import_gate import ALLOWED

# What a file may be expected to touch; torch's private rooms keep caches that grow with use.
_WATCHED = ("torch", "torch._tensor", "torch.functional", "torch.random", "torch.linalg", "torch.fft", "torch.nn",
            "torch.nn.functional", "torch.nn.init", "torch.nn.parameter", "torch.autograd", "torch.autograd.function",
            "torch.optim", "builtins", "math", "random", "functools", "itertools", "operator")  # fmt: skip
_LAYERS = "torch.nn.modules."
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD, signal.SIGUSR1, signal.SIGXCPU)
_ABSENT = object()


class Slate:
    """This process as it is now. `alone`: nobody else works in it, so that threads and files are the file's own too."""

    def __init__(self, alone: bool = True) -> None:
        self._alone = alone
        self._modules = dict(sys.modules)
        self._paths = (list(sys.path), list(sys.meta_path))
        self._random = (torch.get_rng_state(), random.getstate(), np.random.get_state())
        self._bound = [(name, owner, dict(vars(owner)), _identities(vars(owner))) for name, owner in _owners()]
        self._settings = _settings() | (_surroundings() if alone else {})

    def rewind(self) -> None:
        """Put back what every file uses up: modules, the way to them, random numbers."""
        torch.set_rng_state(self._random[0])
        random.setstate(self._random[1])
        np.random.set_state(self._random[2])
        sys.path[:], sys.meta_path[:] = self._paths
        for name in sys.modules.keys() - self._modules.keys():
            if name.partition(".")[0] not in ALLOWED:  # what torch imports late it does not stand to import twice
                del sys.modules[name]
        sys.modules.update(self._modules)

    def changes(self) -> list[str]:
        """What is bound or switched otherwise than it was, in no order. What was bound anew is bound as before."""
        now, bound_anew = _settings() | (_surroundings() if self._alone else {}), []
        for name, owner, kept, identities in self._bound:
            if _identities(vars(owner)) != identities:
                bound_anew += [f"{name}.{entry}" for entry in _put_back(owner, kept)]
        return [*bound_anew, *(name for name, value in self._settings.items() if now[name] != value)]


def _owners() -> Iterator[tuple[str, Any]]:
    """Modules and torch's classes in them: what holds names that can be bound anew."""
    classes: dict[Any, str] = {torch.Tensor: "torch.Tensor"}
    for name, module in list(sys.modules.items()):
        if name not in _WATCHED and not name.startswith(_LAYERS):
            continue
        if isinstance(module, ModuleType):
            yield name, module
        for value in vars(module).values():
            if isinstance(value, type) and value.__module__.startswith(("torch.nn", "torch._tensor", "torch.autograd")):
                classes[value] = f"{value.__module__}.{value.__qualname__}"
    for owner, name in classes.items():
        yield name, owner


def _identities(bound: Mapping[str, Any]) -> list[int]:
    """What the names stand for. Equal lists are equal bindings: what is kept is alive, and its number taken."""
    return list(map(id, bound.values()))


def _put_back(owner: Any, kept: Mapping[str, Any]) -> list[str]:
    """Bind the names of a module or class as they were; those that were bound to something else.

    A module that was imported late has a new name where it belongs: that is no change.
    """
    now = dict(vars(owner))
    changed = [name for name, value in kept.items() if now.get(name, _ABSENT) is not value]
    changed += [name for name, value in now.items() if name not in kept and not isinstance(value, ModuleType)]
    for name in changed:
        with contextlib.suppress(AttributeError, TypeError):  # what Python itself does not let be bound
            setattr(owner, name, kept[name]) if name in kept else delattr(owner, name)
    return changed


def _settings() -> dict[str, Any]:
    """What is switched for all code of a process, by the name by which it is told."""
    return {
        "the default dtype": torch.get_default_dtype(),
        "the default device": torch.get_default_device(),
        "gradient mode": torch.is_grad_enabled(),
        "inference mode": torch.is_inference_mode_enabled(),
        "anomaly mode": torch.is_anomaly_enabled(),
        "autocast": torch.is_autocast_enabled("cpu"),
        "deterministic algorithms": torch.are_deterministic_algorithms_enabled(),
        "the number of threads": torch.get_num_threads(),
        "the precision of float32 products": torch.get_float32_matmul_precision(),
        "oneDNN": torch.backends.mkldnn.enabled,
        "torch's modes": (torch._C._len_torch_function_stack(), torch._C._len_torch_dispatch_stack()),
        "hooks of all modules": [len(vars(nn_module)[name]) for name in sorted(vars(nn_module)) if _is_hooks(name)],
        "tiny numbers": float(torch.tensor(1e-310, dtype=torch.float64) * 1.0) == 0.0,
        "tracing": (sys.gettrace(), sys.getprofile(), threading.gettrace()),
        "the limit of recursion": sys.getrecursionlimit(),
        "streams": (id(sys.stdout), id(sys.stderr), id(sys.stdin)),
        "warnings": (len(warnings.filters), id(warnings.showwarning)),
        "signals": [signal.getsignal(number) for number in _SIGNALS],
        "the collector": (gc.isenabled(), gc.get_threshold()),
    }


def _surroundings() -> dict[str, Any]:
    return {
        "threads": threading.active_count(),
        "the environment": dict(os.environ),
        "the working folder": (os.getcwd(), sorted(os.listdir())),
    }


def _is_hooks(name: str) -> bool:
    return name.startswith("_global_") and isinstance(vars(nn_module)[name], dict)
