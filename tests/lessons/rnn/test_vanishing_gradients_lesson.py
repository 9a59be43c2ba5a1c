"""Each number and equation of the lesson on vanishing gradients, computed again."""

import math
import re

import pytest
import torch

from lessons.catalog import LESSONS
from models.figures.gradient_through_time import answer
from models.lstm_cell import lstm_cell

TEXT = (LESSONS / "rnn" / "vanishing_gradients.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a))


@pytest.fixture(scope="module")
def measured():
    return {
        recurrent: answer({"recurrent": recurrent}) for recurrent in ("torch's", "0.9 orthogonal", "1.5 orthogonal")
    }


def test_the_table_is_what_the_figure_measures(measured):
    plain = measured["torch's"]["arms"]
    curves = {
        "RNN, torch's U": plain["RNN"]["h"],
        "RNN, 0.9 orthogonal": measured["0.9 orthogonal"]["arms"]["RNN"]["h"],
        "RNN, 1.5 orthogonal": measured["1.5 orthogonal"]["arms"]["RNN"]["h"],
        "LSTM, forget bias 0": plain["LSTM, bias 0"]["c"],
        "LSTM, forget bias 1": plain["LSTM, bias 1"]["c"],
        "GRU": plain["GRU"]["h"],
    }
    for name, curve in curves.items():
        left, step = re.findall(rf"^\| {re.escape(name)} \| (\S+) \| (\S+) \|$", TEXT, re.MULTILINE)[0]
        assert curve[0] == pytest.approx(float(left), rel=0.1), name
        assert curve[0] ** (1 / 49) == pytest.approx(float(step), abs=2e-3), name


def test_what_the_page_says_of_it(measured):
    arms = measured["torch's"]["arms"]
    says(f"at {arms['LSTM, bias 0']['forget']['mean']:.2f}", f"at {arms['LSTM, bias 0']['forget']['top']:.2f}")
    orders = math.log10(arms["LSTM, bias 1"]["c"][0] / arms["LSTM, bias 0"]["c"][0])
    assert math.floor(orders) == 6
    better = measured["0.9 orthogonal"]["arms"]["RNN"]["h"][0] / arms["RNN"]["h"][0]
    assert math.floor(math.log10(better)) == 8
    assert measured["1.5 orthogonal"]["bound"][0] == pytest.approx(4e8, rel=0.1)


def test_a_large_uniform_matrix_has_the_radius_and_the_norm_of_page_3():
    u = (torch.rand(800, 800, generator=torch.Generator().manual_seed(0)) * 2 - 1) / 800**0.5
    assert float(torch.linalg.eigvals(u).abs().max()) == pytest.approx(3**-0.5, rel=0.05)
    assert float(torch.linalg.svdvals(u).max()) == pytest.approx(2 * 3**-0.5, rel=0.03)
    says(f"1 / sqrt(3) = {3**-0.5:.3f}", f"sigma_max about {2 / 3**0.5:.2f}", "0.577^49 = 2e-12")
    assert pytest.approx(2e-12, rel=0.05) == (3**-0.5) ** 49
    says(f"0.9^k: {0.9**49:.4f} over 49 steps")


def test_the_gates_numbers():
    says("0.5^49 = 1.8e-15", "0.5^99 = 1.6e-30", f"sigmoid(1) = {sigmoid(1):.3f}", "0.731^49 = 2.2e-7")
    assert pytest.approx((1.8e-15, 1.6e-30), rel=0.03) == (0.5**49, 0.5**99)
    assert sigmoid(1) ** 49 == pytest.approx(2.2e-7, rel=0.03)
    assert sigmoid(math.log(99)) == pytest.approx(0.99)
    says(f"b = {math.log(99):.1f}, f = 0.99, and 0.99^99 = {0.99**99:.2f}")
    halves = [math.log(2) / -math.log(f) for f in (0.5, sigmoid(1), 0.99)]
    says("1 at f = 0.5, 2.2 at 0.731, 69 at 0.99", f"halves in {halves[2]:.0f} steps")
    assert halves == pytest.approx([1, 2.2, 69], rel=0.01)


def test_with_the_gates_held_the_cell_state_passes_through_the_forget_gate_alone():
    generator = torch.Generator().manual_seed(0)
    x, h, c, w, u, b = (
        torch.randn(shape, generator=generator, dtype=torch.float64)
        for shape in ((1, 3), (1, 4), (1, 4), (16, 3), (16, 4), (16,))
    )
    jacobian = torch.autograd.functional.jacobian(lambda c: lstm_cell(x, h, c, w, u, b, 0 * b)[1][0], c)[:, 0]
    forget = torch.sigmoid((x @ w.T + h @ u.T + b)[0, 4:8])
    torch.testing.assert_close(jacobian, torch.diag(forget))


@pytest.mark.slow
def test_who_recalls_has_a_gradient_at_the_first_step():
    recalled = {"RNN": 0, "LSTM, bias 0": 0, "LSTM, bias 1": 0, "GRU": 0}
    for seed in range(3):
        for name, arm in answer({"steps": 20, "trained": 400, "seed": seed})["arms"].items():
            if arm["loss"] < 0.01:
                recalled[name] += 1
                assert 0.05 < arm["h" if "h" in arm else "c"][0] < 0.5
    assert recalled["GRU"] >= recalled["RNN"] > recalled["LSTM, bias 0"] == 0
    assert recalled["LSTM, bias 1"] >= 1


@pytest.mark.slow
def test_a_net_that_recalls_may_have_latched_with_next_to_no_gradient_left():
    question = {"steps": 20, "recurrent": "0.9 orthogonal"}
    trained = [answer({**question, "trained": 400, "seed": seed})["arms"]["RNN"] for seed in range(3)]
    assert max(arm["loss"] for arm in trained) < 0.01
    assert min(arm["h"][0] for arm in trained) < 1e-4
    assert answer(question)["arms"]["RNN"]["h"][0] == pytest.approx(0.03, rel=0.2)
