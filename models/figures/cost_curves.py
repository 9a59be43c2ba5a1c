"""What attention costs against its length, measured now: the learner's own module beside an LSTM of the same width."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.graph import saved_tensors_hooks

from models.attention import attention
from models.failure_words import words_of
from models.figures.own_files import own_files
from models.figures.settings import chosen_settings
from models.figures.threads import one_thread
from models.figures.time_limit import TookTooLong, time_limit
from models.learner_modules import LearnerModules
from models.multi_head_attention import MultiHeadAttention

LENGTHS = {"short": (32, 64, 128, 256), "long": (384, 512, 768, 1024)}
SETTINGS = {"width": (64, 32, 16), "heads": (1, 4), "lengths": tuple(LENGTHS), "again": range(1000)}
MOST_REPEATS, ENOUGH_S, LIMIT_S = 15, 0.8, 5.0
SAME = 1e-4
FILES = {"attention": "transformer/attention.py", "MultiHeadAttention": "transformer/multi_head_attention.py"}


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Seconds and bytes for each length: attention as a layer, its two products alone, and an LSTM.

    Asked: width d, heads, lengths ("short" or "long"), again (another number measures anew). `workspace` says where
    the learner's modules are: they are timed if they load and give what the reference gives with the same weights,
    else the reference is, and `reason` says why. Seconds are the processor's, on one core, the least of several
    forward passes that take turns: other work on the machine moves them little. Bytes are what a forward pass keeps
    for its gradient, counted, not timed. The LSTM is torch's fused one.
    """
    settings = chosen_settings(question, SETTINGS)
    width, heads = settings["width"], settings["heads"]
    torch.manual_seed(0)
    reference = MultiHeadAttention(width, heads, attention)
    with own_files(question.get("workspace")) as modules:
        own, reason = (None, "No folder of yours was named.") if modules is None else checked(modules, reference)
        layer, lstm = own or reference, nn.LSTM(width, width, batch_first=True)
        points = {str(n): measured(n, width, heads, layer, lstm) for n in LENGTHS[settings["lengths"]]}
    return {"settings": settings, "whose": "reference" if own is None else "yours", "reason": reason, "points": points}


def checked(modules: LearnerModules, reference: MultiHeadAttention) -> tuple[nn.Module | None, str | None]:
    """Their MultiHeadAttention around their attention, or None and a sentence on why it is not timed."""
    missing = [file for file in FILES.values() if not (modules.folder / file).is_file()]
    if missing:
        return None, f"There is no {missing[0]} in your folder."
    try:
        with time_limit(LIMIT_S):
            parts = {symbol: modules.take(file, symbol) for symbol, file in FILES.items()}
            own = parts["MultiHeadAttention"](reference.w_q.in_features, reference.num_heads, parts["attention"])
            own.load_state_dict(reference.state_dict())
            x = torch.randn(2, 9, reference.w_q.in_features)
            difference = float((own(x, x, x)[0] - reference(x, x, x)[0]).detach().abs().max())
    except NotImplementedError:
        return None, "Your attention is not written yet."
    except (Exception, SystemExit, TookTooLong) as error:
        return None, f"Your attention cannot be run: {_words(error, modules.folder)}"
    if not difference < SAME:
        return None, "Your attention does not give what it should: check transformer/multi_head_attention."
    return own, None


def measured(n: int, width: int, heads: int, layer: nn.Module, lstm: nn.Module) -> dict[str, float]:
    """All of one length, in turns."""
    x = torch.randn(1, n, width)
    split = x.view(1, n, heads, width // heads).transpose(1, 2).contiguous()  # (1, h, n, d_k)
    scores, mean = torch.empty(1, heads, n, n), torch.empty_like(split)  # where no memory has to be asked for

    def products() -> Tensor:
        torch.matmul(split, split.mT, out=scores)
        return torch.matmul(scores, split, out=mean)

    calls: dict[str, Callable[[], Any]] = {
        "layer": lambda: layer(x, x, x),
        "products": products,
        "lstm": lambda: lstm(x),
    }
    kept = {f"{name}_bytes": kept_bytes(calls[name]) for name in ("layer", "lstm")}
    return {**least_seconds(calls), **kept}


@torch.no_grad()
def least_seconds(calls: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """The shortest of several calls of each; they take turns, so that all see the same machine."""
    least, began = dict.fromkeys(calls, float("inf")), time.thread_time()
    for _ in range(MOST_REPEATS):
        for name, call in calls.items():
            start = time.thread_time()
            call()
            least[name] = min(least[name], time.thread_time() - start)
        if time.thread_time() - began > ENOUGH_S:
            break
    return least


def kept_bytes(call: Callable[[], Any]) -> int:
    """What autograd keeps of a forward pass for the way back, weights among it; a tensor kept twice counts once."""
    storages: dict[int, int] = {}
    alive: list[Tensor] = []  # so that no address is given twice

    def pack(tensor: Tensor) -> Tensor:
        storage = tensor.untyped_storage()
        storages[storage.data_ptr()] = storage.nbytes()
        alive.append(tensor)
        return tensor

    with saved_tensors_hooks(pack, lambda tensor: tensor):
        out = call()
    del out
    return sum(storages.values())


def _words(error: BaseException, folder: Path) -> str:
    return words_of(error, folder).removeprefix(f"{TookTooLong.__name__}: ")
