"""Each number and equation of the lesson on heads, computed again."""

import pytest
import torch

from lessons.catalog import LESSONS
from lessons.figures.two_tasks import TwoTasks
from models.attention import attention
from models.multi_head_attention import MultiHeadAttention

TEXT = (LESSONS / "transformer" / "heads.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


@pytest.mark.parametrize("heads", [1, 8, 32])
def test_the_table_of_parameters_and_weights(heads: int):
    module = MultiHeadAttention(512, heads, attention)
    x = torch.zeros(1, 100, 512)
    with torch.no_grad():
        _, weights = module(x, x, x)
    parameters = sum(weight.numel() for weight in module.parameters())
    says(f"| 512 | {heads} | {512 // heads} | {parameters:,} | {weights.numel():,} |")


def test_what_one_head_and_two_heads_miss():
    for lean, words in ((0, ("50% of both",)), (1, ("27% and 73% at lean 1",))):
        state = TwoTasks(lean=lean)
        missed = [f"{state.one_head.missing(target):.0%}" for target in state.targets]
        assert missed == (["50%", "50%"] if lean == 0 else ["27%", "73%"])
        says(*words)
    assert all(head.missing(t) < 1e-6 for head, t in zip(state.two_heads, state.targets, strict=True))


@pytest.mark.parametrize("w", [0.1, 0.5, 0.9])
def test_the_two_shares_that_are_missed_add_up_to_one(w: float):
    square = w**2 + (1 - w) ** 2

    def error(alpha: float) -> float:
        return (alpha * w - 1) ** 2 + alpha**2 * (1 - w) ** 2

    best = w / square
    assert error(best) == pytest.approx((1 - w) ** 2 / square)
    assert error(best) < min(error(best - 0.01), error(best + 0.01))
    assert (1 - w) ** 2 / square + w**2 / square == pytest.approx(1)


def test_concatenation_and_the_last_matrix_are_a_sum_over_heads():
    torch.manual_seed(0)
    module, x = MultiHeadAttention(12, 3, attention).double(), torch.randn(1, 5, 12, dtype=torch.float64)
    q, k, v = (w(x).unflatten(-1, (3, 4)).transpose(1, 2) for w in (module.w_q, module.w_k, module.w_v))
    heads, _ = attention(q, k, v)
    summed = sum(heads[:, i] @ module.w_o.weight[:, 4 * i : 4 * i + 4].T for i in range(3))
    torch.testing.assert_close(summed, module(x, x, x)[0])


def test_the_scores_of_a_head_have_rank_d_k_and_with_one_number_only_two_keys_come_first():
    torch.manual_seed(0)
    query, key = (torch.randn(40, 16, dtype=torch.float64) for _ in range(2))
    for d_k in (1, 2, 4):
        w_q, w_k = (torch.randn(16, d_k, dtype=torch.float64) for _ in range(2))
        scores = (query @ w_q) @ (key @ w_k).T
        assert torch.linalg.matrix_rank(scores) == d_k
        assert len(scores.argmax(-1).unique()) <= 2 or d_k > 1


def test_on_a_circle_every_key_can_come_first():
    angles = torch.arange(12) * 2 * torch.pi / 12
    points = torch.stack([angles.cos(), angles.sin()], dim=1)
    assert torch.equal((points @ points.T).argmax(-1), torch.arange(12))
