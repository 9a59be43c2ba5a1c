"""What a learner's functions give in a run, looked at before it is used: a check saw other sizes and other text."""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models import char_lm
from models.tasks.task_errors import NetMisbehaves

EVERY = 50  # steps between two looks at a loss or at clipped gradients: so that it takes next to no time
ALLOWED = 1e-3  # relative, of a loss and of a norm: rounding in float32 is a hundred times smaller
_AHEAD = 1e-4  # what two calls on the same characters may differ by

Pair = tuple[Int[Tensor, "B T"], Int[Tensor, "B T"]]


def windows_of(batches: Callable[..., Any], ids: Int[Tensor, " N"], size: int, length: int) -> Sequence[Pair]:
    """The windows that the learner's `batches` cuts, if they are those that the exercise asks for."""
    given = batches(ids.clone(), size, length)  # of a copy: whatever it does to it, the text stays as it is
    asked = char_lm.batches(ids, size, length)
    try:
        windows = [(x, y) for x, y in given]
    except (TypeError, ValueError) as error:
        raise _of_char_lm(f"batches gives no pairs of windows ({error}).") from error
    if len(windows) != len(asked):
        raise _of_char_lm(f"batches cuts {len(windows)} windows out of a text that holds {len(asked)}.")
    for place, (pair, right) in enumerate(zip(windows, asked, strict=True)):
        for name, found, wanted in zip(("characters", "targets"), pair, right, strict=True):
            if not isinstance(found, Tensor) or found.dtype != wanted.dtype or not torch.equal(found, wanted):
                thing = f"The {name} of window {place + 1} of {len(asked)} that batches cuts are not the text's."
                raise _of_char_lm(thing)
    return windows


def loss_of(
    nll: Callable[..., Any], logits: Float[Tensor, "B T V"], targets: Int[Tensor, "B T"], is_checked: bool
) -> Tensor:
    """The learner's loss, if it is one; where it is checked, also if it is the mean of -ln p(target)."""
    loss = nll(logits, targets.clone())
    if not isinstance(loss, Tensor) or loss.ndim or not loss.is_floating_point():
        raise _of_char_lm("nll gives no single number.")
    if logits.requires_grad and not loss.requires_grad:
        raise _of_char_lm("nll gives a number without a graph, so nothing can be learned by it.")
    if is_checked:
        right = float(cross_entropy(logits.detach().flatten(0, 1), targets.flatten()))
        is_right = abs(float(loss.detach()) - right) <= ALLOWED * max(1.0, right)
        if isfinite(right) and not is_right:  # what is no number by either diverges, and says so
            raise _of_char_lm(f"nll gives {float(loss.detach()):.4g} where the mean of -ln p is {right:.4g}.")
    return loss


def drawn_by(sample: Callable[..., Any], scores: Float[Tensor, "1 V"], temperature: float, chance: Any) -> int:
    """The character that the learner's `sample` draws, if it is one."""
    drawn = sample(scores.clone(), temperature, chance)
    if not isinstance(drawn, Tensor) or drawn.shape != (1,) or drawn.is_floating_point():
        got = f"a tensor of shape {tuple(drawn.shape)}" if isinstance(drawn, Tensor) else f"{type(drawn).__name__}"
        raise _of_char_lm(f"sample gives {got} in place of one character for each row.")
    if not 0 <= int(drawn) < scores.shape[-1]:
        raise _of_char_lm(f"sample draws character {int(drawn)} of {scores.shape[-1]}.")
    return int(drawn)


def clipped_by(clip: Callable[..., Any], parameters: Sequence[Tensor], limit: float, is_checked: bool) -> None:
    """Clip by the learner's function; where it is checked, refuse what is not min(norm, limit) long afterwards."""
    before = _norm(parameters) if is_checked else 0.0
    clip(parameters, limit)
    if not is_checked or not isfinite(before):
        return
    after, allowed = _norm(parameters), ALLOWED * limit
    if not abs(after - min(before, limit)) <= allowed:
        thing = f"clip_grad_norm leaves gradients of norm {after:.4g}, of {before:.4g} and with {limit:g} allowed."
        raise NetMisbehaves(thing, "rnn/clip_grad_norm", "check it: phase3-tutor check rnn/clip_grad_norm")


def state_of(state: Any) -> Any:
    """The state that layers hand on, without its graph: a tensor, or a pair of them."""
    if isinstance(state, Tensor):
        return state.detach()
    if isinstance(state, tuple | list) and state and all(isinstance(part, Tensor) for part in state):
        return tuple(part.detach() for part in state)
    thing = f"The layers give a {type(state).__name__} as their state, not tensors."
    raise NetMisbehaves(thing, "forward", "check it: phase3-tutor check rnn")


@torch.no_grad()
def refuse_a_look_ahead(model: nn.Module, ids: Int[Tensor, "B T"], symbols: int) -> None:
    """Layers that see a character before they have said it would be judged by what they are shown.

    The later half of the text is changed; all that is said of the first half has to stay as it was.
    """
    half = ids.shape[1] // 2
    changed = torch.cat([ids[:, :half], (ids[:, half:] + 1) % symbols], dim=1)
    one, other = (model(each)[0][:, :half] for each in (ids, changed))
    if not half or not one.isfinite().all():  # what is no number is told by the evaluation itself
        return
    if not float((one - other).abs().max()) <= _AHEAD * max(1.0, float(one.abs().max())):
        thing = "What the layers say of a character changes with the characters after it, or from call to call."
        raise NetMisbehaves(thing, "forward", "let step t read steps up to t, and keep nothing: phase3-tutor check rnn")


def _norm(parameters: Sequence[Tensor]) -> float:
    gradients = [each.grad for each in parameters if each.grad is not None]
    return float(torch.stack([torch.linalg.vector_norm(each) for each in gradients]).norm()) if gradients else 0.0


def _of_char_lm(thing: str) -> NetMisbehaves:
    return NetMisbehaves(thing, "rnn/char_lm", "check it: phase3-tutor check rnn/char_lm")
