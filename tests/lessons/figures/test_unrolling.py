import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from lessons.figures.unrolling import BIAS, INPUT_WEIGHTS, STATE_WEIGHTS, SYMBOLS, TEXT, Unrolling
from models.recurrence import rnn_forward

ROOT = Path(__file__).resolve().parents[3]
TEXTS = st.text(SYMBOLS, min_size=1, max_size=9)


def tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def states_by_the_reference(text: str) -> torch.Tensor:
    ids = torch.tensor([SYMBOLS.index(symbol) for symbol in text])
    x = nn.functional.one_hot(ids, len(SYMBOLS)).double()[:, None]
    h0 = torch.zeros(1, len(BIAS), dtype=torch.float64)
    return rnn_forward(x, h0, tensor(INPUT_WEIGHTS), tensor(STATE_WEIGHTS), tensor(BIAS))[:, 0]


@settings(deadline=None)
@given(TEXTS)
def test_the_states_are_those_of_the_reference(text: str):
    state = Unrolling(text)
    assert state.states[0] == (0, 0, 0)
    torch.testing.assert_close(tensor(state.states[1:]), states_by_the_reference(text), rtol=1e-12, atol=1e-12)


@settings(deadline=None)
@given(TEXTS, st.data())
def test_the_terms_of_a_unit_add_up_to_what_tanh_takes(text: str, data: st.DataObject):
    step, unit = data.draw(st.integers(1, len(text))), data.draw(st.integers(0, 2))
    state = Unrolling(text, step, unit)
    expected = states_by_the_reference(text)[step - 1, unit]
    assert torch.tanh(tensor(sum(state.terms))) == pytest.approx(float(expected), abs=1e-12)


@settings(deadline=None)
@given(TEXTS)
def test_a_changed_character_moves_no_state_before_it(text: str):
    moved = Unrolling(text).shift
    same = next((place for place, (a, b) in enumerate(zip(text, TEXT, strict=False)) if a != b), len(text))
    assert all(by == 0 for by in moved[: same + 1])
    assert same == len(text) or moved[same + 1] > 0
    distance = (states_by_the_reference(text) - states_by_the_reference(TEXT[: len(text)])).norm(dim=1)
    torch.testing.assert_close(tensor(moved[1:]), distance, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("steps", [1, 2, 5, 9])
def test_the_counts_are_those_of_torchs_own_layers(steps: int):
    state = Unrolling(TEXT[:steps])
    net = nn.RNN(len(SYMBOLS), len(BIAS))
    second_bias = len(BIAS)  # torch has two, which are only ever added up
    assert state.shared == sum(weight.numel() for weight in net.parameters()) - second_bias
    assert state.own == steps * state.shared
    layer = nn.Linear(steps * len(SYMBOLS), len(BIAS))
    assert state.window == sum(weight.numel() for weight in layer.parameters())


def test_the_shipped_text_has_a_character_twice_in_a_row_that_leaves_two_states():
    state = Unrolling(TEXT)
    twice = next(t for t in range(1, len(TEXT)) if TEXT[t - 1] == TEXT[t])
    assert max(abs(a - b) for a, b in zip(state.states[twice], state.states[twice + 1], strict=True)) > 0.1


def test_other_characters_and_places_are_refused():
    with pytest.raises(ValueError, match=r"h, e, l, o, not \"help\""):
        Unrolling("help")
    with pytest.raises(ValueError, match="there are 5 steps and 3 units"):
        Unrolling(step=6)
    with pytest.raises(ValueError, match="3 units"):
        replace(Unrolling(), unit=3)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.unrolling as u; u.Unrolling().states; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
