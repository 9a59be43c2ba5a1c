"""A recurrent net of three units that reads a text, step by step, with every number at hand. Never loads torch."""

import math
from dataclasses import dataclass, replace

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]

SYMBOLS = "helo"
TEXT = "hellohell"
LONGEST = len(TEXT)
INPUT_WEIGHTS: Matrix = ((1.2, -0.7, 0.4, -1.1), (-0.5, 0.9, 0.8, 0.3), (0.6, 0.5, -0.9, 1.0))
STATE_WEIGHTS: Matrix = ((0.6, -0.8, 0.3), (0.7, 0.5, -0.4), (-0.2, 0.6, 0.9))
BIAS: Vector = (0.1, -0.2, 0.0)


@dataclass(frozen=True)
class Unrolling:
    """The net laid out over the text, looked at where unit `unit` (from 0) computes step `step` (from 1).

        h_t = tanh(W x_t + U h_{t-1} + b),   t = 1 .. T,   h_0 = 0

    Symbols: T characters of `text`, x_t one-hot over D = 4 symbols, H = 3 units.
    Shapes: W (H, D), U (H, H), b (H,); states[t] is h_t, of H numbers, states[0] is h_0.
    """

    text: str = TEXT[:5]
    step: int = 1
    unit: int = 0

    def __post_init__(self) -> None:
        if not self.text or set(self.text) - set(SYMBOLS):
            raise ValueError(f'the text has one or more of the characters {", ".join(SYMBOLS)}, not "{self.text}"')
        if not 1 <= self.step <= len(self.text) or not 0 <= self.unit < len(BIAS):
            raise ValueError(
                f"no step {self.step}, unit {self.unit}: there are {len(self.text)} steps and {len(BIAS)} units"
            )

    @property
    def states(self) -> Matrix:
        """h_0 to h_T."""
        states = [(0.0,) * len(BIAS)]
        for symbol in self.text:
            states.append(tuple(math.tanh(sum(_terms(i, symbol, states[-1]))) for i in range(len(BIAS))))
        return tuple(states)

    @property
    def terms(self) -> Vector:
        """What is added up at the chosen unit and step: W's part, U's part by each unit, the bias."""
        return _terms(self.unit, self.text[self.step - 1], self.states[self.step - 1])

    @property
    def before(self) -> "Unrolling":
        """The same steps of the text as it was, before a character was changed."""
        return replace(self, text=TEXT[: len(self.text)])

    @property
    def shift(self) -> Vector:
        """|h_t - the h_t of the text as it was|, for every t from 0."""
        return tuple(math.dist(now, was) for now, was in zip(self.states, self.before.states, strict=True))

    @property
    def shared(self) -> int:
        """H D + H H + H numbers to learn, whatever T is."""
        return sum(map(len, INPUT_WEIGHTS)) + sum(map(len, STATE_WEIGHTS)) + len(BIAS)

    @property
    def own(self) -> int:
        """The same net with a W, U and b of its own for each step: T (H D + H H + H)."""
        return len(self.text) * self.shared

    @property
    def window(self) -> int:
        """One layer of H units that has all T characters before it: H T D + H."""
        return len(BIAS) * (len(self.text) * len(SYMBOLS) + 1)


def _terms(unit: int, symbol: str, before: Vector) -> Vector:
    recurrent = (u * h for u, h in zip(STATE_WEIGHTS[unit], before, strict=True))
    return (INPUT_WEIGHTS[unit][SYMBOLS.index(symbol)], *recurrent, BIAS[unit])
