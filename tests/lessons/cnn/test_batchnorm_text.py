"""Each number and equation of the lesson on batch normalisation, computed again."""

from pathlib import Path

import torch

from models.figures.activation_histograms import answer

TEXT = (Path(__file__).parents[3] / "lessons/cnn/batchnorm.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def normalised(x: torch.Tensor, gamma: torch.Tensor | float = 1.0, eps: float = 0.0) -> torch.Tensor:
    return gamma * (x - x.mean()) / torch.sqrt(x.var(correction=0) + eps)


def test_the_small_numbers():
    says(f"a factor of {8192 / 8191:.5f}", f"m = 8, it is {8 / 7:.2f}")
    says(f"{0.9**3:.0%} after 3 steps", f"{0.9**20:.0%} after 20")
    says(f"0.5^8 = {0.5**8:.3f}", f"twice the size {2**8} times as much")
    says("var = 0.00001 gets only 1/2")
    assert 0.00001 / (0.00001 + 0.00001) == 1 / 2


def test_the_batchs_variance_is_too_small_by_what_page_4_says():
    draws = torch.randn(200_000, 8, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    assert abs(draws.var(dim=1, correction=0).mean() - 7 / 8) < 0.005


def test_evaluation_after_20_steps_is_close_at_hes_scale_and_falls_from_row_to_row_at_half_of_it():
    says("the first row has about 0.8 and the last about 0.3")
    spreads = {}
    for gain in (1.0, 0.5):
        numbers = answer({"depth": 8, "gain": gain, "seed": 0})
        spreads[gain] = [layer["std"] for layer in numbers["views"]["eval"][numbers["steps"].index(20)]]
    assert all(0.8 < spread < 1.1 for spread in spreads[1.0])
    assert 0.75 < spreads[0.5][0] < 0.9
    assert 0.2 < spreads[0.5][-1] < 0.35
    assert spreads[0.5] == sorted(spreads[0.5], reverse=True)


def test_gamma_and_beta_can_give_back_what_was_taken():
    x = torch.randn(50, dtype=torch.float64) * 3 + 2
    again = normalised(x, (x.var(correction=0) + 1e-5).sqrt(), eps=1e-5) + x.mean()
    torch.testing.assert_close(again, x)


def test_a_larger_kernel_has_a_smaller_gradient_at_right_angles_to_it():
    x, upstream = torch.randn(40, 5, dtype=torch.float64), torch.randn(40, dtype=torch.float64)
    kernel = torch.randn(5, dtype=torch.float64)

    def gradient(a: float):
        leaf = (a * kernel).requires_grad_()
        (grad,) = torch.autograd.grad((normalised(x @ leaf) * upstream).sum(), leaf)
        return grad

    torch.testing.assert_close(gradient(4.0), gradient(1.0) / 4)
    assert abs(gradient(1.0) @ kernel) < 1e-9


def test_the_backward_pass_and_the_length_of_page_9():
    m, gamma, eps = 12, 1.7, 0.3
    x, dy = (torch.randn(m, dtype=torch.float64) for _ in range(2))
    leaf = x.clone().requires_grad_()
    (expected,) = torch.autograd.grad((normalised(leaf, gamma, eps) * dy).sum(), leaf)
    s = torch.sqrt(x.var(correction=0) + eps)
    xhat = (x - x.mean()) / s
    dx = gamma / (m * s) * (m * dy - dy.sum() - xhat * (dy * xhat).sum())
    torch.testing.assert_close(dx, expected)
    s, xhat = x.std(correction=0), normalised(x)
    dx = gamma / (m * s) * (m * dy - dy.sum() - xhat * (dy * xhat).sum())
    length = (gamma / s) ** 2 * (dy.square().sum() - dy.sum() ** 2 / m - (dy * xhat).sum() ** 2 / m)
    torch.testing.assert_close(dx.square().sum(), length)


def test_no_equation_is_cut_in_a_folded_step_of_76_columns():
    lessons = Path(__file__).parents[3] / "lessons/cnn"
    for name in ("batchnorm.md", "skip_connections.md"):
        lines = (lessons / name).read_text(encoding="utf-8").splitlines()
        assert [line for line in lines if line.startswith("    ") and len(line) > 74] == []
