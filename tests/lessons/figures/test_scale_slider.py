import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from lessons.figures.scale_slider import KEYS, QUERIES, SIZES, ScaleSlider, drawn, scores
from models.softmax import softmax

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("d_k", [1, 16, 512])
@pytest.mark.parametrize("arm", ["without", "with"])
def test_everything_measured_is_what_autograd_and_the_reference_give(d_k: int, arm: str):
    q, k, pull = (torch.from_numpy(each) for each in drawn(1))
    q, k = q[:, :d_k].clone().requires_grad_(), k[:, :, :d_k]
    s = torch.einsum("nd,njd->nj", q, k)
    if arm == "with":
        s = s / math.sqrt(d_k)
    w = softmax(s, -1)
    (gradient,) = torch.autograd.grad((w * pull).sum(), q)
    slopes = torch.stack(
        [torch.autograd.functional.jacobian(lambda row: softmax(row, -1), row).norm() for row in s[:40]]
    )
    found = ScaleSlider(d_k, draw=1).measured[arm]
    assert found.variance == pytest.approx(float(s.detach().var(unbiased=False)))
    assert found.largest == pytest.approx(float(w.detach().max(-1).values.mean()))
    assert found.entropy == pytest.approx(float(torch.special.entr(w.detach()).sum(-1).mean()))
    assert found.gradient == pytest.approx(float(gradient.norm(dim=1).mean()))
    assert found.median_gradient == pytest.approx(float(np.median(gradient.norm(dim=1).numpy())))
    closed = torch.stack([(torch.diag(row) - torch.outer(row, row)).norm() for row in w.detach()])
    torch.testing.assert_close(slopes, closed[:40])
    assert found.slope == pytest.approx(float(closed.mean()), rel=1e-6)
    assert found.median_slope == pytest.approx(float(np.median(closed.numpy())), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("d_k", SIZES)
def test_the_variance_is_d_k_without_the_scale_and_one_with_it(d_k: int):
    error = 5 * math.sqrt(2 / QUERIES)  # queries are independent, the keys of one query share its length
    for draw in range(2):
        assert scores(d_k, draw, False).var() == pytest.approx(d_k, rel=error)
        assert scores(d_k, draw, True).var() == pytest.approx(1, rel=error)


def test_the_first_row_keeps_each_key_at_its_place():
    rows = ScaleSlider(64).first_row
    for row in rows.values():
        assert len(row) == KEYS
        assert sum(row) == pytest.approx(1)
        assert list(row) == sorted(row, reverse=True)
    assert rows["without"][0] > rows["with"][0]


def test_the_curves_are_what_is_measured_at_each_size():
    state = ScaleSlider(8, draw=2)
    assert state.curves["with"][3] == state.measured["with"]
    assert len(state.curves["without"]) == len(SIZES)


def test_other_sizes_and_draws_are_refused():
    with pytest.raises(ValueError, match="not 3"):
        ScaleSlider(3)
    with pytest.raises(ValueError, match="draws are 0 to 4"):
        ScaleSlider(draw=5)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.scale_slider as f; f.ScaleSlider().measured; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
