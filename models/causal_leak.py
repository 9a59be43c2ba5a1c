"""Whether a decoder sees what it should say: the two probes that a run makes of its own net before it trains."""

import copy
import math

import torch
from jaxtyping import Int
from torch import Tensor
from torch.nn import functional

from models.evaluation_mode import evaluating
from models.run_errors import RunError
from models.translator import Translator

# Short sentences of few kinds: a net that sees the whole target has copied from it long before 100 steps are over,
# which one of twelve tokens each and sixteen kinds does not (measured: 2.80 against ln 16 = 2.77, as without a leak).
STEPS, ROWS, LENGTH, TOKENS = 100, 64, 4, 8
ALLOWED = 0.02  # nats below the entropy of the tokens
_RATE, _LAST = 1e-3, 20
_FIRST_TOKEN = 4  # those before it are padding, begin, end and unknown
_CHANGE = 1e-4  # of a score: rounding moves it by less


class CausalLeak(RunError):
    """What the net says at one place depends on what comes later."""


def change_by_later_tokens(net: Translator, source: Int[Tensor, "B n"], target: Int[Tensor, "B m"]) -> float:
    """The largest change of a score at the first half of the target when all tokens of the second half are others."""
    half = target.shape[1] // 2
    other = target.clone()
    with evaluating(net):
        tokens = net(source[:1], target[:1]).shape[-1]
    later = other[:, half:]
    other[:, half:] = torch.where(
        later == net.pad, later, (later - _FIRST_TOKEN + 1) % (tokens - _FIRST_TOKEN) + _FIRST_TOKEN
    )
    with evaluating(net):
        change = net(source, target)[:, :half] - net(source, other)[:, :half]
    return float(change.abs().max()) if half else 0.0


def loss_on_random_tokens(net: Translator, tokens: tuple[int, int], device: torch.device) -> tuple[float, float]:
    """What 100 steps on fresh uniform tokens come to: the mean loss of the last ones, and ln of how many there are.

    Nothing can be learnt of such tokens but their number, so a loss below ln K means that the net reads its targets.
    A copy is trained; the net and torch's random numbers stay as they were.
    """
    source_tokens, target_tokens = tokens
    kinds = min(TOKENS, target_tokens - _FIRST_TOKEN)
    copied, generator = copy.deepcopy(net), torch.Generator().manual_seed(0)
    optimizer = torch.optim.Adam(copied.parameters(), lr=_RATE)
    losses = []
    with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
        for _ in range(STEPS):
            source = torch.randint(_FIRST_TOKEN, source_tokens, (ROWS, LENGTH), generator=generator).to(device)
            drawn = torch.randint(_FIRST_TOKEN, _FIRST_TOKEN + kinds, (ROWS, LENGTH + 1), generator=generator).to(
                device
            )
            logits = copied(source, drawn[:, :-1])
            loss = functional.cross_entropy(logits.flatten(0, 1).float(), drawn[:, 1:].flatten())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return sum(losses[-_LAST:]) / _LAST, math.log(kinds)


def refuse_a_leak(
    net: Translator, source: Int[Tensor, "B n"], target: Int[Tensor, "B m"], tokens: tuple[int, int]
) -> dict[str, float]:
    """Both probes' numbers, or `CausalLeak`."""
    next_step = "check it: phase3-tutor check transformer/decoder_layer transformer/masks"
    change = change_by_later_tokens(net, source, target)
    if not change <= _CHANGE:
        thing = f"Your decoder sees the future: with other tokens later on, a score before them moved by {change:.2g}."
        raise CausalLeak(thing, "the assembled net", next_step)
    loss, entropy = loss_on_random_tokens(net, tokens, source.device)
    if not loss >= entropy - ALLOWED:
        thing = (
            f"Your decoder sees the future: on random tokens its loss fell to {loss:.3f}, below ln K = {entropy:.3f}."
        )
        raise CausalLeak(thing, "the assembled net", next_step)
    return {"change": change, "random_loss": loss, "random_entropy": entropy}
