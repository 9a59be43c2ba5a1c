"""Each number and equation of the lesson on attention, computed again."""

import math

import pytest
import torch

from lessons.catalog import LESSONS
from lessons.figures.four_steps import FourSteps
from models.attention import attention

TEXT = (LESSONS / "transformer" / "attention.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def qkv(n: int = 5, m: int = 7, d: int = 4) -> tuple[torch.Tensor, ...]:
    generator = torch.Generator().manual_seed(0)
    return tuple(torch.randn(rows, d, generator=generator, dtype=torch.float64) for rows in (n, m, m))


@pytest.mark.parametrize("score", [2, 4, 8])
def test_the_table_of_shares(score: int):
    shares = [float(torch.tensor([float(score)] + [0.0] * (m - 1)).softmax(0)[0]) for m in (10, 100, 1000)]
    line = next(line for line in TEXT.split("\n") if line.startswith(f"| {score} |"))
    for told, share in zip(line.strip("| ").split(" | ")[1:], shares, strict=True):
        digits = len(told.partition(".")[2].rstrip("%"))
        assert told == f"{100 * share:.{digits}f}%"
    says(f"ln 10 = {math.log(10):.1f}")


def test_what_it_looks_at_in_the_figure():
    state = FourSteps()
    says(
        f"`it` gives {state.weights[3][1]:.0%} of its attention to `dog`",
        f"a share, of {100 * state.weights[3][2]:.1f}%",
    )
    assert state.scores[3][1] == 2 * state.scores[3][3]
    edited = FourSteps(place=(2, 2))
    needed = next(by for by in range(1, 9) if (w := edited.edited(by / 2).weights[3])[2] > w[1])
    assert needed / 2 == 3.0  # 3 x - 2 > 6


def test_order_of_pairs_changes_nothing_and_order_of_queries_goes_along():
    q, k, v = qkv()
    out, _ = attention(q, k, v)
    mixed, other = torch.randperm(7), torch.randperm(5)
    torch.testing.assert_close(attention(q, k[mixed], v[mixed])[0], out)
    torch.testing.assert_close(attention(q[other], k, v)[0], out[other])


def test_an_output_lies_between_the_values():
    q, k, v = qkv()
    out, _ = attention(9 * q, k, v)
    assert (out <= v.amax(0) + 1e-12).all()
    assert (out >= v.amin(0) - 1e-12).all()


def test_a_vector_added_to_all_keys_changes_nothing_and_to_all_queries_it_does():
    q, k, v = qkv()
    out, _ = attention(q, k, v)
    torch.testing.assert_close(attention(q, k + 1.5, v)[0], out)
    assert (attention(q + 1.5, k, v)[0] - out).abs().max() > 0.1


def test_scaling_moves_no_order():
    q, k, _ = qkv()
    scores = q @ k.T
    assert torch.equal(scores.argsort(-1), (scores / 2).softmax(-1).argsort(-1))
