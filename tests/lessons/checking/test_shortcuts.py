"""What an exercise denies is seen by the operation that runs, however it is spelt; honest operations pass."""

import contextlib
import functools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own custom
from torch.nn.grad import conv2d_input
from torch.overrides import TorchFunctionMode

from lessons.catalog import Exercise
from lessons.checking.shortcuts import OUT_OF_TORCH, ShortcutTaken, ShortcutWatch

X, W = torch.randn(1, 2, 5, 6, dtype=torch.float64), torch.randn(3, 2, 2, 3, dtype=torch.float64)
TRACED: Any = torch.jit.trace(lambda x, w: F.conv2d(x, w), (X, W))
SAVED = functools.partial(torch.conv2d, stride=1)


def rows_by_conv1d(x: Tensor, w: Tensor) -> Tensor:
    return F.conv1d(x.flatten(0, 1), w[:1, :1, 0].repeat(1, x.shape[2], 1))


def time_first(x: Tensor, w: Tensor) -> Tensor:
    return torch.conv_tbc(
        x[0].permute(2, 1, 0).contiguous(), w[:, :, 0].permute(2, 1, 0).contiguous(), torch.zeros(3, dtype=w.dtype)
    )  # (T, B, C), (k, C, O)


def without_public_names(x: Tensor, w: Tensor) -> Tensor:
    with torch._C.DisableTorchFunction():
        return F.conv2d(x, w)


def as_a_gradient(x: Tensor, w: Tensor) -> Tensor:
    return conv2d_input((1, 2, 6, 8), w, torch.ones(1, 3, 5, 6, dtype=x.dtype))


SPELLINGS: dict[str, Callable[[Tensor, Tensor], object]] = {
    "functional": lambda x, w: F.conv2d(x, w),
    "torch.conv2d": lambda x, w: torch.conv2d(x, w),
    "saved before": lambda x, w: SAVED(x, w),
    "aten": lambda x, w: torch.ops.aten.conv2d(x, w),
    "aten with flags": lambda x, w: torch.ops.aten.convolution(x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1),
    "slow": lambda x, w: torch.ops.aten._slow_conv2d_forward(x, w, [2, 3], None, [1, 1], [0, 0]),
    "slow and dilated": lambda x, w: torch.ops.aten.slow_conv_dilated2d(x, w, [2, 3], None, [1, 1], [0, 0], [2, 2]),
    "thnn": lambda x, w: torch.ops.aten.thnn_conv2d(x, w, [2, 3]),
    "three dimensions": lambda x, w: F.conv3d(x[:, :, None], w[:, :, None]),
    "one dimension": rows_by_conv1d,
    "transposed": lambda x, w: F.conv_transpose2d(x, w.transpose(0, 1)),
    "time, batch, channel": time_first,
    "module": lambda x, _w: nn.Conv2d(2, 3, 2, dtype=x.dtype)(x),
    "unfold": lambda x, _w: F.unfold(x, (2, 3)),
    "unfold module": lambda x, _w: nn.Unfold((2, 3))(x),
    "im2col": lambda x, _w: torch.ops.aten.im2col(x, [2, 3], [1, 1], [0, 0], [1, 1]),
    "fold": lambda x, _w: F.fold(x.flatten(2)[:, :, :4].repeat(1, 2, 1), (3, 3), (2, 2)),
    "traced before": lambda x, w: TRACED(x, w),
    "vmap": lambda x, w: torch.vmap(lambda image: F.conv2d(image[None], w)[0])(x),
    "vjp": lambda x, w: torch.func.vjp(lambda image: F.conv2d(image, w), x),
    "function names off": without_public_names,
    "gradient of a convolution": as_a_gradient,
}


GRADIENTS_BY_HAND = [
    "torch.autograd.*", "torch.Tensor.backward", "torch.Tensor.grad_fn.__get__", "_VariableFunctionsClass._make_dual",
]  # fmt: skip


def half_square(x: Tensor) -> Tensor:
    return x.square().sum() / 2


def backward_without_public_names(x: Tensor) -> Tensor | None:
    leaf = x.clone().requires_grad_()
    with torch._C.DisableTorchFunction():
        half_square(leaf).backward()
    return leaf.grad


def by_the_recorded_node(x: Tensor) -> Tensor:
    return x.clone().requires_grad_().square().grad_fn(torch.ones_like(x))  # type: ignore[misc]


AUTOGRAD: dict[str, Callable[[Tensor], object]] = {
    "grad": lambda x: torch.autograd.grad(half_square(x.requires_grad_()), x),
    "method": lambda x: half_square(x.requires_grad_()).backward(),
    "function": lambda x: torch.autograd.backward(half_square(x.requires_grad_())),
    "function names off": backward_without_public_names,
    "vjp": lambda x: torch.func.vjp(half_square, x)[1](torch.ones((), dtype=x.dtype)),
    "torch.func.grad": lambda x: torch.func.grad(half_square)(x),
    "jacrev": lambda x: torch.func.jacrev(half_square)(x),
    "forward mode": lambda x: torch.func.jacfwd(half_square)(x),
    "autograd.functional": lambda x: torch.autograd.functional.vjp(half_square, x),
    "node": by_the_recorded_node,
}


def watch_of(exercise: Exercise) -> ShortcutWatch:
    return ShortcutWatch([*OUT_OF_TORCH, *exercise.denied])


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_library_convolution_is_refused_in_every_spelling(spelling: str, conv2d: Exercise):
    SPELLINGS[spelling](X, W)  # without a watch it runs: what is refused below is not a mistake of this test
    watch = watch_of(conv2d)
    with pytest.raises((ShortcutTaken, RuntimeError)), watch.watching():  # a script turns the first into the second
        SPELLINGS[spelling](X, W)
    assert len(watch.taken) == 1


def test_a_swallowed_refusal_stays_recorded(conv2d: Exercise):
    watch = watch_of(conv2d)
    with watch.watching(), contextlib.suppress(BaseException):
        F.conv2d(X, W)
    assert watch.taken == ["torch.nn.functional.conv2d"]


def test_a_refusal_is_no_exception_that_a_learner_catches_by_habit():
    assert not issubclass(ShortcutTaken, Exception)


@pytest.mark.parametrize("how", ["thread", "executor"])
def test_threads_that_start_under_the_watch_are_watched(how: str, conv2d: Exercise):
    watch = watch_of(conv2d)

    def library_call() -> None:
        with pytest.raises(ShortcutTaken):
            torch.ops.aten.conv2d(X, W)

    with watch.watching():
        if how == "executor":
            with ThreadPoolExecutor(1) as pool:
                pool.submit(library_call).result()
        else:
            thread = threading.Thread(target=library_call)
            thread.start()
            thread.join()
    assert watch.taken == ["aten::convolution"]


def test_what_an_honest_solution_uses_is_not_refused(conv2d: Exercise):
    watch = watch_of(conv2d)
    x, w = X.clone().requires_grad_(), W.clone().requires_grad_()
    with watch.watching():
        windows = nn.ZeroPad2d(1)(F.pad(x, (1, 1, 1, 1))).unfold(2, 2, 1).unfold(3, 3, 2)
        columns = windows.permute(0, 2, 3, 1, 4, 5).flatten(3)
        y = torch.einsum("bchwuv,ocuv->bohw", windows, w)
        y = y + torch.tensordot(columns, w.flatten(1).T, dims=1).movedim(-1, 1)
        y = y + (columns @ w.flatten(1).T + F.linear(columns, w.flatten(1))).permute(0, 3, 1, 2)
        y = y + x.as_strided((1, 1), (1, 1)) + torch.gather(x.flatten(2), 2, torch.zeros(1, 1, 1, dtype=torch.long))
        y.sum().backward()
        told = f"{y} {y.sum().item()} {y.tolist()}"
    assert watch.taken == []
    assert x.grad is not None
    assert told


@pytest.mark.parametrize("leave", [lambda x: x.numpy(), lambda x: x.__array__(), lambda x: x.__dlpack__()])
def test_numbers_do_not_leave_torch_unseen(leave: Callable[[Tensor], object]):
    watch = ShortcutWatch(list(OUT_OF_TORCH))
    with pytest.raises(ShortcutTaken), watch.watching():
        leave(X)


@pytest.mark.parametrize("spelling", AUTOGRAD)
def test_autograd_is_refused_in_every_spelling_where_gradients_are_asked_by_hand(spelling: str):
    AUTOGRAD[spelling](X.clone())  # without a watch it runs
    watch = ShortcutWatch(GRADIENTS_BY_HAND)
    with pytest.raises(ShortcutTaken), watch.watching():
        AUTOGRAD[spelling](X.clone())
    assert len(watch.taken) == 1


def test_what_was_called_is_told_by_its_public_name():
    watch = ShortcutWatch(GRADIENTS_BY_HAND)
    with pytest.raises(ShortcutTaken, match=r"^torch\.autograd\.grad$"), watch.watching():
        AUTOGRAD["grad"](X.clone())


def test_tensors_that_only_require_gradients_are_not_refused():
    watch = ShortcutWatch(GRADIENTS_BY_HAND)
    with watch.watching():
        y = (X.clone().requires_grad_() * 2).detach() + X
        with torch.no_grad():
            told = f"{y} {y.requires_grad} {y.grad}"
    assert watch.taken == []
    assert told


def test_a_name_with_a_star_stands_for_every_ending():
    watch = ShortcutWatch(["aten::conv*", "torch.nn.Linear"])
    watch.see("aten::con")
    watch.see("torch.nn.Linear2")
    for name in ("aten::conv", "aten::convolution_backward", "torch.nn.Linear"):
        with pytest.raises(ShortcutTaken):
            watch.see(name)


def test_a_module_can_be_denied_by_its_class():
    watch = ShortcutWatch(["torch.nn.Linear"])
    with pytest.raises(ShortcutTaken), watch.watching():
        nn.Sequential(nn.Linear(2, 2))(torch.ones(1, 2))


def test_nothing_of_the_watch_stays_behind(conv2d: Exercise):
    begin = threading.Thread._bootstrap_inner  # type: ignore[attr-defined]
    engine = torch.autograd.Variable._execution_engine
    with pytest.raises(ShortcutTaken), watch_of(conv2d).watching():
        F.conv2d(X, W)
    assert threading.Thread._bootstrap_inner is begin  # type: ignore[attr-defined]
    assert torch.autograd.Variable._execution_engine is engine
    assert F.conv2d(X, W).shape == (1, 3, 4, 4)
    assert nn.Conv2d(2, 3, 2, dtype=X.dtype)(X).shape == (1, 3, 4, 5)


def test_where_nothing_is_denied_nothing_is_watched():
    with ShortcutWatch([]).watching():
        assert torch._C._len_torch_function_stack() == 0
        assert not isinstance(torch.overrides._get_current_function_mode(), TorchFunctionMode)
