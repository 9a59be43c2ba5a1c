import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.figures.four_steps import KEYS, LARGEST, QUERIES, STEPS, TOKENS, VALUES, FourSteps
from models.attention import attention

ROOT = Path(__file__).resolve().parents[3]
ENTRY = st.floats(-LARGEST, LARGEST).map(lambda x: round(x * 2) / 2)
MATRIX = st.tuples(*[st.tuples(ENTRY, ENTRY)] * 4)


def tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


@settings(deadline=None)
@given(MATRIX, MATRIX, MATRIX)
def test_all_four_steps_are_those_of_the_reference(q, k, v):
    state = FourSteps(q, k, v)
    output, weights = attention(tensor(q), tensor(k), tensor(v))
    scores, scaled, shares, mixed = state.results
    torch.testing.assert_close(tensor(scores), tensor(q) @ tensor(k).T)
    torch.testing.assert_close(tensor(scaled), tensor(scores) / math.sqrt(2))
    torch.testing.assert_close(tensor(shares), weights, rtol=1e-12, atol=1e-15)
    torch.testing.assert_close(tensor(mixed), output, rtol=1e-12, atol=1e-12)


def test_an_edit_moves_the_entry_at_its_place_within_limits():
    for place, name in (((0, 1), "q"), ((2, 2), "k"), ((3, 5), "v")):
        state = FourSteps(place=place).edited(0.5)
        old = {"q": QUERIES, "k": KEYS, "v": VALUES}[name]
        token, column = place
        assert getattr(state, name)[token][column % 2] == old[token][column % 2] + 0.5
        assert sum(a != b for now, was in zip(state.entries, state.before.entries, strict=True)
                   for a, b in zip(now, was, strict=True)) == 1  # fmt: skip
    assert FourSteps(place=(0, 0)).edited(99).q[0][0] == LARGEST
    assert FourSteps(place=(0, 0)).edited(-99).q[0][0] == -LARGEST


def test_a_query_moves_its_own_row_and_a_key_every_share_of_the_rows_that_see_it():
    was = FourSteps().weights
    query = FourSteps(place=(3, 0)).edited(0.5).weights
    assert [a == b for a, b in zip(query, was, strict=True)] == [True, True, True, False]
    key = FourSteps(place=(2, 2)).edited(0.5).weights
    assert all(a != b for a, b in zip(key[3], was[3], strict=True))
    assert key[1] == was[1]  # the query of "dog" has 0 in that column


def test_steps_and_tokens_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match=f"there are {STEPS} and {len(TOKENS)}"):
        FourSteps(step=5)
    with pytest.raises(ValueError, match="token 4"):
        replace(FourSteps(), row=4)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.four_steps as f; f.FourSteps().results; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
