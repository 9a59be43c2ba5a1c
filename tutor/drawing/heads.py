"""What each attention head does: its strongest habit beside chance, and what is lost without it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.rows import FAINT, STRONG, Row, fit, wrap

HABITS = {
    "previous": "looks at the token before",
    "next": "looks at the token after",
    "diagonal": "goes along the diagonal",
    "same token": "looks at the same token elsewhere",
    "separator": "rests on begin, end and punctuation",
}
# A habit is clear where it takes so much of the attention, and so many times what chance gives it.
CLEAR_SHARE, TIMES_CHANCE = 0.25, 3.0
NOTHING = "nothing clear"
_LOST = 0.1  # of the loss with all heads: without such a head hardly anything is lost


def strongest(head: Mapping[str, Any]) -> str:
    """The habit that stands out most over chance, be it clear or not."""
    shares = {name: share / head["chance"][name] for name, share in head["scores"].items() if name in HABITS}
    return max(shares, key=lambda each: shares[each])


def habit_of(head: Mapping[str, Any]) -> str:
    """That habit in words, where it is clear."""
    name = strongest(head)
    share = head["scores"][name]
    return HABITS[name] if share >= CLEAR_SHARE and share >= TIMES_CHANCE * head["chance"][name] else NOTHING


def lost_without(answer: Mapping[str, Any], head: Mapping[str, Any]) -> float:
    """By how much the loss grows when the head gives 0, in nats a token."""
    return head["loss_without"] - answer["loss"]


def ranked(answer: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The heads, the one that is missed most first."""
    return sorted(answer["heads"], key=lambda head: -lost_without(answer, head))


def draw_heads(answer: Mapping[str, Any], width: int, charset: Charset = UNICODE) -> list[Row]:
    """One row a head, and sentences on what the table says."""
    head = f"{'layer.head':<15} {'without it':>10} {'entropy':>7}  {'habit':<11} {'share':>5} {'chance':>6}"
    told = f"{answer['pairs']} pairs not trained on, {_nats(answer['loss'])} nats a token with all heads"
    rows: list[Row] = [
        *wrap(told, width, STRONG),
        [(head, FAINT)],
    ]
    for each in ranked(answer):
        name = f"{each['kind']} {each['layer']}.{each['head']}"
        lost, spread = lost_without(answer, each), each["scores"]["relative entropy"]
        habit = strongest(each)
        rows.append([
            (f"{name:<15} ", STRONG), (f"{_nats(lost):>10} {spread:>7.0%}  ", ""),
            (f"{habit:<11} {each['scores'][habit]:>5.0%} {each['chance'][habit]:>6.0%}  ", ""),
            ("clear" if habit_of(each) != NOTHING else NOTHING, FAINT),
        ])  # fmt: skip
    return [fit(row, width, charset.cut) for row in [*rows, [], *_in_words(answer, width)]]


def _nats(value: float) -> str:
    """Three places, or as many as show the first figures of a small one."""
    return f"{value:.3f}" if abs(value) >= 0.01 else f"{value:.1e}"


def _in_words(answer: Mapping[str, Any], width: int) -> list[Row]:
    best, *_ = ranked(answer)
    name, habit = f"{best['kind']} {best['layer']}.{best['head']}", habit_of(best)
    does = "of which nothing clear can be said" if habit == NOTHING else f"which {habit}"
    spare = sum(lost_without(answer, head) < _LOST * answer["loss"] for head in answer["heads"])
    words = (
        f"The net misses {name} most, {does}: without it the loss grows by {_nats(lost_without(answer, best))} nats "
        f"a token. Each of {spare} of {len(answer['heads'])} heads can be switched off, alone, and the loss grows by "
        f"less than {_LOST:.0%}: its habit may be clear, but little of what the net does hangs on it."
    )
    small = (
        "Entropy: 100% looks evenly at all it may see. Share and chance: of its attention, and of an even head's. A "
        f"habit is clear from {CLEAR_SHARE:.0%} of the attention and {TIMES_CHANCE:g} times chance on."
    )
    return [*wrap(words, width), *wrap(small, width, FAINT)]
