"""Refuses library shortcuts while a learner's code runs: by the operation that runs, not by searching text.

Four watchers together, because each alone has holes: a dispatch mode sees the operators that a call ends in, a
function mode sees the public name that was called, a module hook sees layers of torch.nn, and an engine in the place
of autograd's sees every backward pass. A hit is recorded as well as raised, so an `except` in the learner's code
changes nothing.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from types import FrameType
from typing import Any

from torch import nn
from torch.autograd import Variable
from torch.nn.modules.module import register_module_forward_pre_hook
from torch.overrides import TorchFunctionMode, resolve_name
from torch.utils._python_dispatch import TorchDispatchMode

# NumPy's road: no gradient comes back on it, and no watcher sees what happens there.
OUT_OF_TORCH = ("torch.Tensor.numpy", "torch.Tensor.__array__", "torch.Tensor.__dlpack__")
OPERATOR = "aten::"
BACKWARD_PASS = "torch.autograd.backward"


class ShortcutTaken(BaseException):
    """The learner's code called what the exercise asks to build. Not an Exception: `except Exception` lets it pass."""


class _Operators(TorchDispatchMode):
    def __init__(self, watch: "ShortcutWatch") -> None:
        super().__init__()
        self.watch = watch

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Nothing is compiled under this mode; to be kept out of that costs 900 imports, and a wrapper on each call."""
        return False

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if id(func) not in self.watch.operators:  # by its id, for torch hashes an operator in Python
            self.watch.see(func._schema.name)
            self.watch.operators[id(func)] = func
        return func(*args, **kwargs) if kwargs else func(*args)


class _Functions(TorchFunctionMode):
    def __init__(self, watch: "ShortcutWatch") -> None:
        super().__init__()
        self.watch = watch

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        frame = sys._getframe(1)
        if frame.f_globals.get("__name__") in self.watch.modules:
            self.watch.see_caller(frame)
        if func not in self.watch.harmless:
            self.watch.see(_public_name(func))
            self.watch.harmless.add(func)
        return func(*args, **kwargs) if kwargs else func(*args)


def _public_name(func: Any) -> str:
    """torch.autograd's own functions are the ones that `resolve_name` cannot name in full."""
    module, name = getattr(func, "__module__", None) or "", getattr(func, "__qualname__", "")
    return resolve_name(func) or (f"{module}.{name}" if module.startswith("torch.autograd") else name)


class _Engine:
    """Autograd's engine under watch: whatever asks for a backward pass, torch.func included, ends in this one call."""

    def __init__(self, watch: "ShortcutWatch", engine: Any) -> None:
        self._watch, self._engine = watch, engine

    def run_backward(self, *args: Any, **kwargs: Any) -> Any:
        self._watch.see(BACKWARD_PASS)
        return self._engine.run_backward(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


class ShortcutWatch:
    """Names that an exercise denies, and which of them were called.

    A name is an operator's schema ("aten::convolution"), a public function ("torch.nn.functional.conv2d") or a module's
    class ("torch.nn.Conv2d"); a trailing * stands for every ending.
    """

    def __init__(self, denied: list[str]) -> None:
        self.exact = frozenset(name for name in denied if not name.endswith("*"))
        self.prefixes = tuple(name[:-1] for name in denied if name.endswith("*"))
        self.modules = frozenset(name.rpartition(".")[0] for name in denied if not name.startswith(OPERATOR))
        self.taken: list[str] = []
        # What was seen and is not denied: finding a name costs more than most operations, once is enough.
        self.harmless: set[Any] = set()
        self.operators: dict[int, Any] = {}  # by id; kept alive, so that nothing else gets it

    @property
    def knows_operators(self) -> bool:
        """Watching operators costs some 5 us each, which doubles a check: only where one of them is denied."""
        return any(name.startswith(OPERATOR) for name in (*self.exact, *self.prefixes))

    def see(self, name: str) -> None:
        if name in self.exact or (self.prefixes and name.startswith(self.prefixes)):
            self.taken.append(name)
            raise ShortcutTaken(name)

    def see_caller(self, frame: FrameType | None) -> None:
        """Some functions of torch (kaiming_normal_) tell no mode that they are called: what they call comes from there.

        Where functions of one module call each other, the outermost is named: that is the one a learner wrote.
        """
        name = None
        while frame is not None and frame.f_globals.get("__name__") in self.modules:
            name, frame = f"{frame.f_globals['__name__']}.{frame.f_code.co_name}", frame.f_back
        if name:
            self.see(name)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch this thread and every thread started within."""
        if not (self.exact or self.prefixes):
            yield
            return
        with ExitStack() as stack:
            stack.enter_context(self._modes())
            hook = register_module_forward_pre_hook(self._see_module)
            stack.callback(hook.remove)
            stack.enter_context(self._threads_too())
            stack.enter_context(self._engine_too())
            yield

    @contextmanager
    def _modes(self) -> Iterator[None]:
        with _Functions(self), _Operators(self) if self.knows_operators else nullcontext():
            yield

    def _see_module(self, module: nn.Module, _inputs: Any) -> None:
        if type(module).__module__.startswith("torch.nn."):
            self.see(f"torch.nn.{type(module).__name__}")

    @contextmanager
    def _engine_too(self) -> Iterator[None]:
        engine = Variable._execution_engine
        Variable._execution_engine = _Engine(self, engine)  # type: ignore[assignment]
        try:
            yield
        finally:
            Variable._execution_engine = engine

    @contextmanager
    def _threads_too(self) -> Iterator[None]:
        # Modes belong to a thread: without this an operator in a thread of the learner's would not be seen.
        watch, begin = self, threading.Thread._bootstrap_inner  # type: ignore[attr-defined]

        def begin_watched(thread: threading.Thread) -> None:
            with watch._modes():
                begin(thread)

        threading.Thread._bootstrap_inner = begin_watched  # type: ignore[attr-defined]
        try:
            yield
        finally:
            threading.Thread._bootstrap_inner = begin  # type: ignore[attr-defined]
