"""One submission, in a process of its own: load the learner's file, observe it on every case, reply once, die.

The reply is what was seen (numbers, or where an exception came from), never a verdict. A learner's file is alone in its
process; files of ours may follow each other in one, until the first that leaves something changed or breaks.
"""

import importlib.util
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import torch
from torch import Tensor

from lessons.checking.import_gate import ImportGate
from lessons.checking.shortcuts import OUT_OF_TORCH, ShortcutTaken, ShortcutWatch
from lessons.checking.slate import Slate
from lessons.checking.wire import encode

LONGEST_TEXT, LONGEST_LIST = 500, 10_000
SETTINGS_CHANGED = "torch's settings changed"
_equal, _clone, _type, _clock = torch.equal, Tensor.clone, type, time.perf_counter
_PLAIN = (bool, int, float, type(None))


def reply_to(request: dict[str, Any], root: Path) -> bytes:
    """What was observed of each file in turn, as one payload; there may be fewer answers than files, but one at least.

    A file that hangs ends the process, as it would its own.
    """
    watch = ShortcutWatch([] if request["trusted"] else [*OUT_OF_TORCH, *request["denied"]])
    runs = request["runs"]
    if len(runs) == 1:
        return encode([_answer(request, root, runs[0], watch)])
    slate, answers = Slate(), []
    for run in runs:
        signal.setitimer(signal.ITIMER_REAL, request["seconds"] / len(runs))
        answers.append(_answer(request, root, run, watch))
        if slate.changes() or answers[-1]["broken"] or answers[-1]["shortcut"]:
            break
        slate.rewind()
    return encode(answers)


def _answer(request: dict[str, Any], root: Path, run: dict[str, Any], watch: ShortcutWatch) -> dict[str, Any]:
    """Everything that was observed of one file; an exception anywhere becomes part of it."""
    file = Path(run["file"])
    answer: dict[str, Any] = {"cases": [], "shortcut": None, "broken": None, "seconds": 0.0}
    try:
        observe = _observer(request["observer"])
        sys.dont_write_bytecode, sys.pycache_prefix = True, os.getcwd()
        sys.path.insert(0, str(root))
        if not request["trusted"]:
            ImportGate(root, file).install()
        begun = _clock()
        symbol = symbol_of(load_module(file, request["module"]), request["symbols"])
        for number in run["cases"]:
            case = request["cases"][number]
            parts = {name: _part(root, where) for name, where in case["learner_parts"].items()}
            with watch.watching() if number in run["watched"] else nullcontext():
                answer["cases"].append(observed(observe, symbol, case, parts))
            answer["seconds"] = _clock() - begun
            if watch.taken:
                break
    except BaseException as error:
        answer["broken"] = told(error, (str(root), str(file)))
    answer["shortcut"] = watch.taken[0] if watch.taken else None
    return answer


def observed(observe: Any, symbol: Any, case: dict[str, Any], parts: dict[str, Any]) -> list[list[Any]]:
    """(name, value) pairs in the order in which they were seen; the last may be an exception."""
    kept = case["tensors"]
    given = {name: value.to("meta") if case["meta"] else _clone(value) for name, value in kept.items()}
    seen: list[list[Any]] = []
    dtype = getattr(torch, case["dtype"])
    with _default_dtype(dtype):
        try:
            for name, value in observe(symbol, **given, **case["arguments"], **parts):
                seen.append([name, _plain(value)])
        except ShortcutTaken as shortcut:
            seen.append(["shortcut", str(shortcut)])
        except MemoryError:
            raise  # for the whole check: every case would fill the memory again
        except BaseException as error:
            seen.append(["raised", told(error, tuple(_their_files(symbol)))])
        seen.append([SETTINGS_CHANGED, _settings_changed(dtype)])
    changed = [] if case["meta"] else [name for name in sorted(kept) if not _equal(kept[name], given[name])]
    seen.append(["inputs changed", changed])
    return seen


def _settings_changed(dtype: torch.dtype) -> list[str]:
    """What the code left switched for everybody after it; the next case starts with gradients on again."""
    found = {"gradient mode": not torch.is_grad_enabled(), "default dtype": torch.get_default_dtype() != dtype}
    torch.set_grad_enabled(True)
    return [name for name, changed in found.items() if changed]


def _plain(value: Any) -> Any:
    """The value if it is exactly a tensor or plain data; else only the name of its type is told."""
    kind = _type(value)
    if kind in (Tensor, torch.nn.Parameter):
        if value.layout is not torch.strided:
            return {"~type": f"{value.layout} tensor"}
        if value.is_quantized:
            return {"~type": "quantised tensor"}
        if value.numel() * value.element_size() > 16 << 20:
            return {"~type": f"tensor of shape {tuple(value.shape)}"}
        return value.detach().resolve_conj().resolve_neg()
    if kind in _PLAIN or (kind is str and len(value) <= LONGEST_TEXT):
        return value
    if kind is list and len(value) <= LONGEST_LIST:
        items = [_plain(item) for item in value]
        return items if not any(_type(item) in (dict, Tensor) for item in items) else {"~type": "list"}
    return {"~type": kind.__name__[:LONGEST_TEXT]}


def told(error: BaseException, theirs: tuple[str, ...]) -> dict[str, Any]:
    """Type, text and place of an exception; the last place is the innermost line of the learner's own files."""
    try:
        text = str(error)[:LONGEST_TEXT]
    except BaseException:
        text = "(its text cannot be read)"
    frames = [
        {"file": frame.filename, "line": frame.lineno, "in": frame.name, "code": (frame.line or "")[:200]}
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(theirs)
    ]
    if isinstance(error, SyntaxError):
        file = error.filename or "".join(theirs[-1:])  # a NUL byte is told without its place
        frames = [{"file": file, "line": error.lineno, "in": "", "code": (error.text or "")[:200]}]
        text = error.msg
    return {"~raised": _type(error).__name__[:LONGEST_TEXT], "text": text, "frames": frames[-5:]}


def _observer(source: str) -> Any:
    namespace: dict[str, Any] = {"__name__": "observe"}
    exec(compile(source, "observe.py", "exec"), namespace)
    return namespace["observe"]


def symbol_of(module: ModuleType, symbols: Sequence[str]) -> Any:
    """What is observed: the one symbol, or where an exercise asks for several, all of them by their names."""
    for symbol in symbols:
        if not hasattr(module, symbol):
            raise MissingSymbol(f'no "{symbol}" at its top level')
    found = {symbol: getattr(module, symbol) for symbol in symbols}
    return found[symbols[0]] if len(symbols) == 1 else SimpleNamespace(**found, __module__=module.__name__)


def _part(root: Path, where: str) -> Any:
    file, symbol = where.split(":")
    name = file.removesuffix(".py").replace("/", ".")
    return getattr(sys.modules.get(name) or load_module(root / file, name), symbol)


def load_module(file: Path, name: str) -> ModuleType:
    """Run the file at `file` as the module `name`, by which its siblings know it."""
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _their_files(symbol: Any) -> Iterator[str]:
    module = sys.modules.get(getattr(symbol, "__module__", ""))
    file = getattr(module, "__file__", None)
    if file:
        yield str(file)
        yield sys.path[0]


class MissingSymbol(Exception):
    """The file does not define what the exercise names."""


@contextmanager
def _default_dtype(dtype: torch.dtype) -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield
    finally:
        torch.set_default_dtype(before)
