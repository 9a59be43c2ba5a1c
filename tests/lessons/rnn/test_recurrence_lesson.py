"""Each number and equation of the lesson on recurrence, computed again."""

import pytest
import torch
from torch import nn

from lessons.catalog import LESSONS
from lessons.figures.unrolling import Unrolling
from models.recurrence import rnn_forward

TEXT = (LESSONS / "rnn" / "recurrence.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def net(seed: int = 0, steps: int = 6) -> list[torch.Tensor]:
    """x, h0, W, U and b of a small net: D = 3, H = 4, a batch of 2."""
    generator = torch.Generator().manual_seed(seed)
    shapes = ((steps, 2, 3), (2, 4), (4, 3), (4, 4), (4,))
    return [torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes]


def test_the_table_of_numbers_to_learn():
    recurrent = sum(weight.numel() for name, weight in nn.RNN(65, 256).named_parameters() if name != "bias_hh_l0")
    for words, count in (
        ("window of 5 | 5 steps", sum(w.numel() for w in nn.Linear(5 * 65, 256).parameters())),
        ("window of 100 | 100 steps", sum(w.numel() for w in nn.Linear(100 * 65, 256).parameters())),
        ("W, U, b of each step's own | 100 steps", 100 * recurrent),
        ("recurrent | all before it", recurrent),
    ):
        says(f"{words} | {count:,} |")
    says(f"65 x 256 = {65 * 256:,}")
    assert 256 * (4 * 65 + 1) < recurrent < 256 * (5 * 65 + 1)  # n > 1 + H / D = 4.9


def test_one_unit_after_fifty_steps():
    says(f"0.9^49 = {0.9**49:.4f}", f"makes it {1.1**49:.0f} times")


def test_without_tanh_the_state_is_the_sum_of_page_3():
    x, h0, w, u, _ = net()
    h = h0
    for x_t in x:
        h = x_t @ w.T + h @ u.T
    power = torch.linalg.matrix_power
    written_out = sum(x[len(x) - 1 - k] @ (power(u, k) @ w).T for k in range(len(x))) + h0 @ power(u, len(x)).T
    torch.testing.assert_close(h, written_out)


def test_the_gradient_of_a_shared_weight_is_the_sum_over_its_copies():
    x, h0, w, u, b = net()
    shared = w.clone().requires_grad_()
    (whole,) = torch.autograd.grad((rnn_forward(x, h0, shared, u, b)[-1] ** 2).sum(), shared)
    copies = [w.clone().requires_grad_() for _ in x]
    h = h0
    for x_t, copy in zip(x, copies, strict=True):
        h = rnn_forward(x_t[None], h, copy, u, b)[-1]
    parts = torch.autograd.grad((h**2).sum(), copies)
    torch.testing.assert_close(sum(parts), whole)


def test_a_prefix_that_leaves_the_first_state_delays_everything_and_another_does_not():
    x, h0, w, u, b = net()
    prefix = torch.randn(3, 2, 3, dtype=torch.float64, generator=torch.Generator().manual_seed(9))
    there = rnn_forward(prefix, h0, w, u, b)[-1]
    delayed = rnn_forward(torch.cat([prefix, x]), h0, w, u, b)[3:]
    torch.testing.assert_close(delayed, rnn_forward(x, there, w, u, b))
    assert (delayed - rnn_forward(x, h0, w, u, b)).abs().max() > 0.1


def test_both_l_of_hello_leave_different_states_and_a_changed_first_letter_fades():
    states = Unrolling("hello").states
    assert max(abs(a - b) for a, b in zip(states[3], states[4], strict=True)) > 0.1
    shift = Unrolling("eellohell").shift
    assert shift[1] > 1
    assert shift[9] < 0.05
    assert shift[1] > shift[3] > shift[5] > shift[7]


@pytest.mark.parametrize(("d", "h"), [(65, 256), (20, 200), (4, 3)])
def test_the_break_even_of_window_and_recurrence(d: int, h: int):
    fewest = next(n for n in range(1, 10_000) if h * (n * d + 1) > h * (d + h + 1))
    assert fewest > 1 + h / d >= fewest - 1
