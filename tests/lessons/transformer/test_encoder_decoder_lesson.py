"""Numbers and claims of the lesson on the whole machine, counted and computed again."""

import math
from functools import partial
from typing import Any

import pytest
import torch

from lessons.catalog import LESSONS
from models.attention import attention
from models.decoder_layer import DecoderLayer
from models.embeddings import Embeddings
from models.encoder_decoder import Transformer
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.figures.transformer_diagram import answer
from models.layer_norm import LayerNorm
from models.multi_head_attention import MultiHeadAttention
from models.noam import noam, smoothed_cross_entropy
from models.positional_encoding import positional_encoding

TEXT = (LESSONS / "transformer" / "encoder_decoder.md").read_text(encoding="utf-8")


def says(*words: str) -> None:
    for word in words:
        assert word in TEXT, word


def count(module: Any) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def machine(order: str, **sizes: int) -> Transformer:
    parts = {"attention": partial(MultiHeadAttention, attention=attention), "feed_forward": FeedForward}
    layers = [partial(each, **parts, norm=LayerNorm, order=order) for each in (EncoderLayer, DecoderLayer)]
    given: dict[str, Any] = {
        "source_tokens": 20,
        "target_tokens": 20,
        "d_model": 16,
        "num_heads": 2,
        "d_ff": 32,
        "num_layers": 2,
    }
    return Transformer(
        **{**given, **sizes}, dropout=0.0, embeddings=Embeddings, positions=positional_encoding,
        encoder_layer=layers[0], decoder_layer=layers[1], shared=True,
    )  # fmt: skip


def test_the_base_model_is_counted_to_the_last_parameter():
    sizes = {"source_tokens": 37_000, "target_tokens": 37_000, "d_model": 512, "num_heads": 8, "d_ff": 2048}
    with torch.device("meta"):
        base = machine("post", **sizes, num_layers=6)
    assert (count(base.encoder[0]), count(base.decoder[0])) == (3_150_336, 4_199_936)
    assert count(base) == 63_045_632
    says(f"{count(base.encoder) + count(base.decoder):,}", f"{count(base):,}", f"{count(base.encoder[0]):,}")
    says(f"{count(base.decoder[0]):,}", f"{count(base.source_embeddings):,}", f"{count(base.encoder[0].norm1):>5,}")
    attended = count(base.encoder[0].self_attention), count(base.encoder[0].feed_forward)
    says(f"= {attended[0]:,}", f"= {attended[1]:,}", "82 million")
    assert round((count(base) + 37_000 * 512) / 1e6) == 82


def test_the_rate_has_its_peak_at_the_warm_ups_end():
    rates = {step: noam(step, 512, 4000) for step in range(1, 20_000)}
    assert max(rates, key=lambda step: rates[step]) == 4000
    assert rates[4000] == pytest.approx(7.0e-4, rel=0.01)
    assert noam(1000, 512, 1000) == pytest.approx(1.4e-3, rel=0.01)


def test_the_smallest_smoothed_loss_is_the_targets_entropy():
    tokens, e = 37_000, 0.1
    q = torch.full((tokens,), e / (tokens - 1), dtype=torch.float64)
    q[5] += 1 - e
    q[0] = 1e-300  # padding gets nothing
    best = float(smoothed_cross_entropy(q.log()[None], torch.tensor([5]), e, pad=0))
    assert best == pytest.approx(1.38, abs=5e-3)
    assert -0.9 * math.log(0.9) - 0.1 * math.log(0.1 / tokens) == pytest.approx(best, abs=2e-3)
    says("= 1.38 nats")


def test_pre_norms_extra_parameters_are_those_that_the_figure_shows():
    post, pre = (answer({"norm": norm})["parameters"] for norm in ("post", "pre"))
    says(f"({post:,} become {pre:,} in the figure)")


def test_weights_of_one_kind_load_into_the_other_and_give_other_numbers():
    post, pre = machine("post"), machine("pre")
    pre.load_state_dict(post.state_dict())
    ids = torch.randint(0, 20, (2, 6))
    assert not torch.allclose(post(ids, ids), pre(ids, ids), atol=1e-2)


def test_one_sequence_has_four_scores_where_two_stacks_have_three():
    n = m = 20
    assert (n**2 + m**2 + n * m) / (n + m) ** 2 == 3 / 4
    says("At n = m that is 3 against 4")
