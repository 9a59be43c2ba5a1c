"""What a file leaves behind in a process is seen, and what can be put back is put back."""

import random
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import nn

from lessons.checking.slate import Slate

RECURSION = sys.getrecursionlimit()


@pytest.fixture(autouse=True)
def an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """As a fork has it."""
    monkeypatch.chdir(tmp_path)
    with warnings.catch_warnings():
        yield


def test_a_process_that_is_as_it_was_shows_no_change():
    slate = Slate()
    layer = nn.Conv2d(1, 2, 3)
    hook = layer.register_forward_hook(lambda *_: None)
    layer(torch.ones(1, 1, 4, 4)).sum().backward()
    hook.remove()
    assert slate.changes() == []


@pytest.mark.parametrize(
    ("owner", "name", "told"),
    [
        (torch, "einsum", "torch.einsum"),
        (torch.Tensor, "sum", "torch.Tensor.sum"),
        (nn.functional, "pad", "torch.nn.functional.pad"),
        (nn.Module, "__call__", "torch.nn.modules.module.Module.__call__"),
        (nn.BatchNorm2d, "momentum", "torch.nn.modules.batchnorm.BatchNorm2d.momentum"),
        (random, "shuffle", "random.shuffle"),
    ],
)
def test_a_name_that_is_bound_anew_is_told_and_bound_as_before(owner, name: str, told: str):
    slate, before = Slate(), vars(owner).get(name)
    setattr(owner, name, lambda *_: None)
    assert slate.changes() == [told]
    assert vars(owner).get(name) is before
    assert slate.changes() == []


@pytest.mark.parametrize(
    ("change", "back", "told"),
    [
        (lambda: torch.set_grad_enabled(False), lambda: torch.set_grad_enabled(True), "gradient mode"),
        (lambda: torch.set_default_dtype(torch.float16), lambda: torch.set_default_dtype(torch.float32),
         "the default dtype"),
        (lambda: torch.use_deterministic_algorithms(True), lambda: torch.use_deterministic_algorithms(False),
         "deterministic algorithms"),
        (lambda: torch.set_flush_denormal(True), lambda: torch.set_flush_denormal(False), "tiny numbers"),
        (lambda: sys.setrecursionlimit(1234), lambda: sys.setrecursionlimit(RECURSION), "the limit of recursion"),
        (lambda: open("kept", "w").close(), lambda: None, "the working folder"),
    ],
)  # fmt: skip
def test_a_switch_that_is_left_is_told(change: Callable, back: Callable, told: str):
    slate = Slate()
    change()
    try:
        assert told in slate.changes()
    finally:
        back()


def test_hooks_of_all_modules_and_threads_are_told():
    slate = Slate()
    hook = nn.modules.module.register_module_forward_hook(lambda *_: None)
    end = threading.Event()
    threading.Thread(target=end.wait).start()
    try:
        assert sorted(slate.changes()) == ["hooks of all modules", "threads"]
    finally:
        end.set()
        hook.remove()


def test_modules_paths_and_random_numbers_are_as_they_were():
    slate, paths = Slate(), list(sys.path)
    drawn = torch.rand(3), random.random()
    sys.modules["elsewhere.conv"] = ModuleType("elsewhere.conv")
    sys.path.insert(0, "/elsewhere")
    slate.rewind()
    assert "elsewhere.conv" not in sys.modules
    assert sys.path == paths
    assert torch.equal(torch.rand(3), drawn[0])
    assert random.random() == drawn[1]
