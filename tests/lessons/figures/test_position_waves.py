import math
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from lessons.figures.position_waves import (
    ORDERS,
    PAIRS,
    POSITIONS,
    SENTENCE,
    WIDTH,
    PositionWaves,
    attended,
    drawn_table,
    embeddings,
    encoding,
    projections,
)
from models.attention import attention
from models.multi_head_attention import MultiHeadAttention
from models.positional_encoding import positional_encoding

ROOT = Path(__file__).resolve().parents[3]


def tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def test_the_waves_are_those_of_the_reference():
    torch.testing.assert_close(tensor(encoding(200)), positional_encoding(200, WIDTH).double(), rtol=0, atol=2e-5)


@pytest.mark.parametrize("position", [0, 3, POSITIONS - 1])
def test_dot_products_are_sums_of_cosines_from_every_position(position: int):
    state = PositionWaves(position)
    pe = tensor(encoding(60))
    torch.testing.assert_close(tensor(state.products), pe[position : position + POSITIONS + 1] @ pe[position])
    rates = [10_000 ** (-2 * i / WIDTH) for i in range(PAIRS)]
    assert state.products == pytest.approx([sum(math.cos(k * w) for w in rates) for k in range(POSITIONS + 1)])
    assert state.products == pytest.approx(state.at_the_start.products)


def test_a_drawn_tables_products_depend_on_the_position():
    table = tensor(drawn_table())
    torch.testing.assert_close(tensor(PositionWaves(5).table_products), table[5 : 5 + POSITIONS + 1] @ table[5])
    here, there = PositionWaves(5).table_products, PositionWaves(0).table_products
    assert max(abs(a - b) for a, b in zip(here, there, strict=True)) > 3
    assert float((table**2).sum(1).mean()) == pytest.approx(WIDTH / 2, rel=0.1)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("positions", [False, True])
def test_what_is_attended_is_what_the_references_give(order: tuple[int, ...], positions: bool):
    x = tensor(embeddings())[list(order)]
    if positions:
        x = x + tensor(encoding(len(x)))
    w_q, w_k, w_v = map(tensor, projections())
    expected, _ = attention(x @ w_q, x @ w_k, x @ w_v)
    torch.testing.assert_close(tensor(attended(order, positions)), expected)
    module = MultiHeadAttention(WIDTH, 1, attention).double()
    weights = {"w_q.weight": w_q.T, "w_k.weight": w_k.T, "w_v.weight": w_v.T, "w_o.weight": torch.eye(WIDTH)}
    module.load_state_dict(weights)
    torch.testing.assert_close(tensor(attended(order, positions)), module(x[None], x[None], x[None])[0][0])


@pytest.mark.parametrize("order", range(len(ORDERS)))
def test_without_positions_the_outputs_are_permuted_and_nothing_else(order: int):
    state = PositionWaves(order=order)
    assert [each.without for each in state.moved] == [0] * len(SENTENCE)
    assert state.twins[0] == 0
    assert state.twins[1] > 0.1
    with_positions = [each.with_positions for each in state.moved]
    assert with_positions == [0] * len(SENTENCE) if order == 0 else min(with_positions) > 0.1


def test_a_word_keeps_its_own_row_through_the_shuffle():
    state = PositionWaves(order=1)
    assert " ".join(state.shuffled) == "the man bites the dog"
    for each in state.moved:
        assert SENTENCE[each.before] == each.word == state.shuffled[each.after]


def test_places_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="positions go to 23, pairs to 15, orders to 3"):
        PositionWaves(position=24)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.position_waves as f; f.PositionWaves().moved; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
