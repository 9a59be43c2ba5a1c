"""The machine's shapes against what they must be, in training and while decoding, and whose Transformer it is."""

import shutil
from pathlib import Path

import pytest

from models import encoder_decoder
from models.figures.settings import BadSetting
from models.figures.transformer_diagram import answer
from models.noam import noam

WORKING = (
    Path(encoder_decoder.__file__).read_text(encoding="utf-8").replace("from jaxtyping import Float, Int, Shaped", "")
)


def a_workspace(folder: Path, change: tuple[str, str] | None = None) -> str:
    """A learner's file with the reference's words, its annotations left to themselves; changed where that is asked."""
    (folder / "transformer").mkdir()
    text = "from __future__ import annotations\n" + WORKING
    if change:
        assert change[0] in text
        text = text.replace(change[0], change[1])
    (folder / "transformer" / "encoder_decoder.py").write_text(text, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("norm", ["post", "pre"])
@pytest.mark.parametrize("heads", [1, 4])
def test_shapes_of_a_training_pass(norm, heads):
    shapes = answer({"norm": norm, "heads": heads})["shapes"]
    assert shapes["encoder.0.self_attention.weights"] == [2, heads, 7, 7]
    assert shapes["decoder.0.self_attention.weights"] == [2, heads, 5, 5]
    assert shapes["decoder.0.cross_attention.weights"] == [2, heads, 5, 7]
    assert shapes["encoder.0.self_attention.mask"] == shapes["decoder.0.cross_attention.mask"] == [2, 1, 1, 7]
    assert shapes["decoder.0.self_attention.mask"] == [2, 1, 5, 5]
    assert (shapes["memory"], shapes["logits"]) == ([2, 7, 32], [2, 5, 13])
    assert shapes["encoder.0.feed_forward.w_1"] == [2, 7, 128]
    assert not any(name.endswith("cache") for name in shapes)


@pytest.mark.parametrize("said", [1, 4])
def test_shapes_of_a_step_of_decoding(said):
    shapes = answer({"mode": "decoding", "said": said})["shapes"]
    assert shapes["target"] == [2, 1]
    assert shapes["decoder.0.self_attention.weights"] == [2, 4, 1, said]
    assert shapes["decoder.0.self_attention.cache"] == [2, 4, said, 8]
    assert "decoder.0.self_attention.mask" not in shapes
    assert shapes["decoder.0.cross_attention.weights"] == [2, 4, 1, 7]
    assert shapes["logits"] == [2, 13]


def test_pre_norm_has_two_norms_more():
    post, pre = (answer({"norm": norm})["parameters"] for norm in ("post", "pre"))
    assert pre - post == 2 * 2 * 32


def test_the_schedule_is_the_references():
    given = answer({})
    assert given["rates"]["4000"] == [noam(step, 512, 4000) for step in given["rate_steps"]]


def test_the_learners_transformer_is_shown_where_it_gives_what_it_should(tmp_path: Path):
    given = answer({"workspace": a_workspace(tmp_path), "mode": "decoding"})
    assert (given["whose"], given["reason"]) == ("yours", None)
    assert given["shapes"] == answer({"mode": "decoding"})["shapes"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("x = layer(x, source_mask)", "x = layer(x)"), "does not give what it should"),
        (("x = layer(x, source_mask)", "raise NotImplementedError"), "is not written yet"),
        (("x = layer(x, source_mask)", "x = nowhere"), "cannot be run: NameError"),
    ],
)
def test_another_one_is_not_and_the_reason_is_said(tmp_path: Path, change, words):
    given = answer({"workspace": a_workspace(tmp_path, change)})
    assert given["whose"] == "reference"
    assert words in given["reason"]


def test_a_missing_file_and_a_wrong_setting_are_named(tmp_path: Path):
    folder = a_workspace(tmp_path)
    shutil.rmtree(tmp_path / "transformer")
    assert answer({"workspace": folder})["reason"] == "There is no transformer/encoder_decoder.py in your folder."
    with pytest.raises(BadSetting, match="said cannot be 9"):
        answer({"said": 9})
