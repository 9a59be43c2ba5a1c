"""The small batch's two norms against the references, and who shares a mean with whom."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from lessons.figures.norm_axes import VALUES, NormAxes, is_padding
from models.layer_norm import LayerNorm

ROOT = Path(__file__).resolve().parents[3]
X = torch.tensor(VALUES, dtype=torch.float64)


def outputs(state: NormAxes) -> torch.Tensor:
    return torch.tensor([state.output(place) for place in state.places()]).view(-1, 4, 4).double()


def test_layer_norm_is_the_references():
    assert torch.allclose(outputs(NormAxes(norm="layer")), LayerNorm(4).double()(X), atol=1e-6)


def test_batch_norm_is_torchs_over_sentences_and_positions():
    expected = torch.nn.functional.batch_norm(X.flatten(0, 1), None, None, training=True).view(3, 4, 4)
    assert torch.allclose(outputs(NormAxes()), expected, atol=1e-6)
    alone = torch.nn.functional.batch_norm(X[2], None, None, training=True)
    assert torch.allclose(outputs(NormAxes(place=(2, 0, 0), is_alone=True))[0], alone, atol=1e-6)


def test_padding_left_out_is_batch_norm_of_the_words_alone():
    state = NormAxes(counts_padding=False)
    words = [place for place in state.places() if not is_padding(place)]
    assert len(words) == 9 * 4
    tokens = torch.tensor([[state.value(place) for place in words[k : k + 4]] for k in range(0, 36, 4)]).double()
    expected = torch.nn.functional.batch_norm(tokens, None, None, training=True).flatten()
    assert torch.allclose(torch.tensor([state.output(place) for place in words]).double(), expected, atol=1e-6)


def test_a_column_shares_the_one_mean_and_a_row_the_other():
    assert {place[2] for place in NormAxes(place=(1, 0, 3)).shares((1, 0, 3))} == {3}
    assert {place[:2] for place in NormAxes(norm="layer").shares((1, 0, 3))} == {(1, 0)}
    assert len(NormAxes(is_alone=True, place=(1, 0, 3)).shares((1, 0, 3))) == 4


def test_the_others_are_changed_without_their_padding_and_changed_back():
    state = NormAxes(edits={(0, 0, 0): 9.0})
    changed = state.with_others_changed()
    assert changed.value((1, 0, 0)) == state.value((1, 0, 0)) + 6
    assert changed.value((0, 0, 0)) == 9.0
    assert changed.value((1, 2, 0)) == 0
    assert changed.with_others_changed() == state


def test_one_token_alone_comes_out_as_zeros():
    state = NormAxes(place=(1, 0, 0), is_alone=True, counts_padding=False)
    one = replace(state, edits={(1, 1, f): state.value((1, 0, f)) for f in range(4)})
    assert [one.output((1, 0, f)) for f in range(4)] == pytest.approx([0.0] * 4)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.norm_axes as k; k.NormAxes().outputs(); sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
