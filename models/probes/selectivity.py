"""Which unit tells best whether something holds of the text, and how much of that is chance."""

from collections.abc import Mapping
from typing import Any

import torch
from jaxtyping import Bool, Float
from torch import Tensor

SHIFTS = 20
_FEWEST = 20  # characters for which a feature must hold, and for which it must not


def features_of(text: str) -> dict[str, Bool[Tensor, " T"]]:
    """What can be told of each character by the text up to it, as far as the text has enough of it."""
    return {name: each for name, each in _all_features(text).items() if _can_be_told(each)}


def left_out_of(text: str) -> list[str]:
    """The features that hold, or do not hold, for too few characters of the text to be told by."""
    return [name for name, each in _all_features(text).items() if not _can_be_told(each)]


def shares_below(measured: Float[Tensor, " N"], values: Float[Tensor, " T"]) -> Float[Tensor, " T"]:
    """For each value the share of the measured ones that are smaller, equal ones counted half: what the score sees.

    0 to 1, however the values are spread; a state that is saturated all the time would hardly move on its own scale.
    """
    ordered = measured.sort().values
    lower = torch.searchsorted(ordered, values.contiguous())
    not_higher = torch.searchsorted(ordered, values.contiguous(), right=True)
    return (lower + not_higher).double() / (2 * len(ordered))


def _all_features(text: str) -> dict[str, Bool[Tensor, " T"]]:
    lines_before = [text.rfind("\n", 0, place) + 1 for place in range(len(text))]
    column = [place - start for place, start in enumerate(lines_before)]
    told = {
        "inside a speaker's name": [_in_name(text, place, start) for place, start in enumerate(lines_before)],
        "just after a line break": [place > 0 and text[place - 1] == "\n" for place in range(len(text))],
        "late in its line": [each > 30 for each in column],
        "early in its line": [each < 8 for each in column],
        "upper case": [symbol.isupper() for symbol in text],
        "a vowel": [symbol.lower() in "aeiou" for symbol in text],
        "punctuation": [symbol in ".,;:!?'-" for symbol in text],
        "a space": [symbol == " " for symbol in text],
        "inside quotes or brackets": _nested(text),
    }
    return {name: torch.tensor(values) for name, values in told.items()}


def _can_be_told(feature: Bool[Tensor, " T"]) -> bool:
    return _FEWEST <= int(feature.sum()) <= len(feature) - _FEWEST


def scores(values: Float[Tensor, "T H"], feature: Bool[Tensor, " T"]) -> Float[Tensor, " H"]:
    """How well each unit's value alone tells where the feature holds, -1 to 1; 0 is a coin.

        score = 2 AUC - 1,    AUC = P(value where it holds > value where it does not), ties halved
                                  = (sum of ranks where it holds - n (n + 1) / 2) / (n m)

    Symbols: n characters for which it holds, m for which it does not. Mann and Whitney 1947.
    """
    return _scores(ranks_of(values), feature)


def _scores(ranks: Tensor, feature: Tensor) -> Tensor:
    n, m = int(feature.sum()), int((~feature).sum())
    auc = (ranks[feature].sum(0) - n * (n + 1) / 2) / (n * m)
    return 2.0 * auc - 1.0


def chance_level(ranks: Float[Tensor, "T H"], feature: Bool[Tensor, " T"], generator: torch.Generator) -> float:
    """The largest |score| of any unit that the feature reaches when it is shifted along the text, 19 times in 20.

    A shifted feature keeps its own rhythm and loses its tie to the text, so this is what the best of many units shows
    where there is nothing to show.
    """
    length, best = len(feature), []
    for _ in range(SHIFTS):
        by = int(torch.randint(length // 4, 3 * length // 4, (), generator=generator))
        best.append(float(_scores(ranks, feature.roll(by)).abs().max()))
    return sorted(best)[int(0.95 * SHIFTS)]


def ranks_of(values: Tensor) -> Tensor:
    """Ranks from 1 in each column, equal values sharing their mean rank, so that a constant unit scores 0."""
    length = len(values)
    ordered, order = values.sort(dim=0)
    places = torch.arange(1, length + 1, dtype=torch.float64)[:, None].expand_as(ordered).clone()
    new = torch.ones_like(ordered, dtype=torch.bool)
    new[1:] = ordered[1:] != ordered[:-1]
    group = new.cumsum(0) - 1  # (T, H): which run of equal values
    sums = torch.zeros_like(places).scatter_add_(0, group, places)
    counts = torch.zeros_like(places).scatter_add_(0, group, torch.ones_like(places))
    shared = (sums / counts.clamp(min=1.0)).gather(0, group)
    return torch.empty_like(shared).scatter_(0, order, shared)


def _in_name(text: str, place: int, start: int) -> bool:
    """Whether the line is a speaker's name, as far as it can be known when it is read: after a blank line."""
    return start >= 2 and text[start - 2 : start] == "\n\n" and ":" not in text[start:place]


def _nested(text: str) -> list[bool]:
    inside, quoted, found = 0, False, []
    for symbol in text:
        quoted ^= symbol == '"'
        inside = max(0, inside + (symbol in "([") - (symbol in ")]"))
        found.append(quoted or inside > 0)
    return found


def best_units(
    values: Float[Tensor, "T H"], features: Mapping[str, Bool[Tensor, " T"]], generator: torch.Generator
) -> list[dict[str, Any]]:
    """For each feature its best unit, the unit's score and what chance reaches; the surest finding first."""
    found, ranks = [], ranks_of(values)
    for name, feature in features.items():
        each = _scores(ranks, feature)
        unit = int(each.abs().argmax())
        found.append({
            "feature": name, "unit": unit, "score": round(float(each[unit]), 3),
            "chance": round(chance_level(ranks, feature, generator), 3),
            "share": round(float(feature.float().mean()), 3),
        })  # fmt: skip
    return sorted(found, key=lambda row: row["chance"] - abs(row["score"]))
