"""What is counted, against counts by hand; whose module is timed; and that times grow as they must."""

from pathlib import Path

import pytest
import torch
from torch import nn

from lessons.figures.power_law import exponent
from models.attention import attention
from models.figures import cost_curves
from models.figures.cost_curves import answer, kept_bytes, measured
from models.figures.settings import BadSetting
from models.multi_head_attention import MultiHeadAttention


def plain(folder: Path, scale: str = "q.shape[-1] ** 0.5", extra: str = "") -> str:
    """A learner's two files, written another way than the references."""
    own = folder / "transformer"
    own.mkdir()
    (own / "attention.py").write_text(
        "def attention(q, k, v, mask=None):\n"
        f"    {extra or 'pass'}\n"
        f"    weights = (q @ k.transpose(-2, -1) / ({scale})).softmax(-1)\n"
        "    return weights @ v, weights\n"
    )
    (own / "multi_head_attention.py").write_text(
        "from torch import nn\n\n"
        "class MultiHeadAttention(nn.Module):\n"
        "    def __init__(self, d_model, num_heads, attention):\n"
        "        super().__init__()\n"
        "        self.h, self.attention = num_heads, attention\n"
        "        for name in ('w_q', 'w_k', 'w_v', 'w_o'):\n"
        "            setattr(self, name, nn.Linear(d_model, d_model, bias=False))\n\n"
        "    def forward(self, query, key, value, mask=None, cache=None):\n"
        "        def heads(x):\n"
        "            return x.view(*x.shape[:2], self.h, -1).transpose(1, 2)\n\n"
        "        q, k, v = heads(self.w_q(query)), heads(self.w_k(key)), heads(self.w_v(value))\n"
        "        out, weights = self.attention(q, k, v, mask)\n"
        "        return self.w_o(out.transpose(1, 2).reshape(query.shape)), weights\n"
    )
    return str(folder)


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr(cost_curves, "LENGTHS", {"short": (8, 16), "long": (24,)})
    monkeypatch.setattr(cost_curves, "MOST_REPEATS", 2)


def test_the_learners_own_module_is_timed_when_it_gives_what_the_reference_gives(tmp_path: Path):
    found = answer({"workspace": plain(tmp_path), "width": 16, "heads": 4})
    assert (found["whose"], found["reason"]) == ("yours", None)
    assert list(found["points"]) == ["8", "16"]
    assert found["settings"] == {"width": 16, "heads": 4, "lengths": "short", "again": 0}


@pytest.mark.parametrize(
    ("scale", "extra", "words"),
    [
        ("1.0", "", "does not give what it should: check transformer/multi_head_attention"),
        ("1.0", "raise NotImplementedError", "is not written yet"),
        ("1.0", "raise ValueError('no')", "cannot be run: ValueError: no"),
        ("float('nan')", "", "does not give what it should"),
    ],
)
def test_another_one_is_not_and_the_reason_is_said(tmp_path: Path, scale, extra, words):
    found = answer({"workspace": plain(tmp_path, scale, extra), "width": 16})
    assert found["whose"] == "reference"
    assert words in found["reason"]


def test_without_a_folder_or_a_file_the_reference_is_timed(tmp_path: Path):
    assert answer({})["reason"] == "No folder of yours was named."
    assert answer({"workspace": str(tmp_path)})["reason"] == "There is no transformer/attention.py in your folder."
    with pytest.raises(BadSetting, match="width cannot be 48"):
        answer({"width": 48})


@pytest.mark.parametrize(("n", "heads"), [(32, 1), (64, 1), (64, 4)])
def test_what_attention_keeps_for_the_way_back_is_its_weights_its_input_q_k_v_and_the_means(n, heads):
    d = 32
    layer, x = MultiHeadAttention(d, heads, attention), torch.randn(1, n, d)
    kept = kept_bytes(lambda: layer(x, x, x)) / 4
    assert kept == pytest.approx(heads * n**2 + 5 * n * d + d**2, rel=0.02)


def test_a_tensor_that_is_kept_twice_counts_once():
    x = torch.randn(100, requires_grad=True)
    assert kept_bytes(lambda: x * x) == 400
    assert kept_bytes(lambda: x.exp() + 1) == 400


def test_the_two_products_grow_about_like_the_square(monkeypatch):
    monkeypatch.setattr(cost_curves, "MOST_REPEATS", 15)
    layer, lstm = MultiHeadAttention(32, 1, attention), nn.LSTM(32, 32, batch_first=True)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    points = {n: measured(n, 32, 1, layer, lstm) for n in (128, 256, 512, 1024)}
    torch.set_num_threads(before)
    products = exponent({n: each["products"] for n, each in points.items()})
    lstm_grows = exponent({n: each["lstm"] for n, each in points.items()})
    assert products is not None
    assert lstm_grows is not None
    assert 1.5 < products < 2.6
    assert lstm_grows < 1.5 < products
