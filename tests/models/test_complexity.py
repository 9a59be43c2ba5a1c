import functools

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from models.attention import attention
from models.complexity import attention_macs, crossover, lstm_macs, table_1, transformer_parameters
from models.decoder_layer import DecoderLayer
from models.embeddings import Embeddings
from models.encoder_decoder import Transformer
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.layer_norm import LayerNorm
from models.lstm import LSTM
from models.lstm_cell import lstm_cell
from models.multi_head_attention import MultiHeadAttention
from models.positional_encoding import positional_encoding


def counted(compute):
    """Multiply-adds of the matrix products that really ran; a FLOP counter counts two for each."""
    with FlopCounterMode(display=False) as counter, torch.device("meta"):
        compute()
    return counter.get_total_flops() // 2


@pytest.mark.parametrize(("n", "m", "d", "heads"), [(5, 5, 6, 2), (3, 7, 8, 4), (9, 2, 4, 1)])
def test_attention_s_multiply_adds_are_those_that_run(n, m, d, heads):
    def compute():
        x, memory = torch.empty(1, n, d), torch.empty(1, m, d)
        MultiHeadAttention(d, heads, attention)(x, memory, memory)

    assert counted(compute) == attention_macs(n, m, d)
    assert attention_macs(n, n, d) == 4 * n * d**2 + 2 * n**2 * d


@pytest.mark.parametrize(("n", "d"), [(1, 3), (5, 4), (4, 7)])
def test_an_lstm_s_multiply_adds_are_those_that_run(n, d):
    assert counted(lambda: LSTM(lstm_cell, d, d)(torch.empty(1, n, d))) == lstm_macs(n, d)


@pytest.mark.parametrize("d", [1, 6, 128, 512])
def test_below_the_crossover_attention_is_cheaper_and_above_it_dearer(d):
    n = crossover(d)
    assert attention_macs(n, n, d) == lstm_macs(n, d)
    assert attention_macs(n - 1, n - 1, d) < lstm_macs(n - 1, d) or n == 1
    assert attention_macs(n + 1, n + 1, d) > lstm_macs(n + 1, d)


def test_table_1_s_operations_are_the_products_that_one_layer_of_each_kind_cannot_do_without():
    n, d, k, r = 6, 5, 3, 4
    x = torch.empty(n, d, device="meta")
    products = {
        "self-attention": lambda: x @ x.T,
        "recurrent": lambda: [row @ torch.empty(d, d) for row in x[:, None]],
        "convolutional": lambda: torch.nn.functional.conv1d(x.T[None], torch.empty(d, d, k), padding=k // 2),
        "restricted": lambda: x[:, None] @ torch.empty(n, d, r),
    }
    for layer, compute in products.items():
        assert table_1(layer, n, d, k, r)["operations"] == counted(compute)


@pytest.mark.parametrize(("n", "k"), [(1, 2), (2, 2), (27, 3), (28, 3), (125, 5), (126, 5), (243, 3), (1000, 10)])
def test_a_stack_of_dilated_convolutions_as_deep_as_the_path_connects_all_and_one_layer_less_does_not(n, k):
    depth = table_1("convolutional", n, 1, k, 1)["path"]
    seen = {n - 1}  # the inputs on which the last output depends, every kernel looking back
    fields = []
    for level in range(depth):
        seen = {place - step * k**level for place in seen for step in range(k)}
        fields.append(0 in seen or min(seen) < 0)
    assert fields[-1]
    assert not any(fields[:-1]) or n == 1


def test_restricted_attention_of_r_tokens_needs_as_many_layers_as_pieces_of_r():
    for n, r in ((10, 3), (9, 3), (5, 8), (1, 4)):
        row = table_1("restricted", n, 2, 3, r)
        assert row["path"] == len(range(0, n, r))
        assert row["operations"] == 2 * n * min(n, r)
    with pytest.raises(ValueError, match="pooling"):
        table_1("pooling", 4, 4, 3, 2)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("final_norm", [False, True])
def test_the_parameters_are_those_of_the_assembled_model(shared, final_norm):
    parts = {"feed_forward": FeedForward, "norm": LayerNorm, "order": "pre" if final_norm else "post"}
    parts["attention"] = lambda d, heads: MultiHeadAttention(d, heads, attention)
    sizes = (11, 11 if shared else 7, 6, 3, 10, 2)
    with torch.device("meta"):
        net = Transformer(
            *sizes,
            dropout=0.1,
            embeddings=Embeddings,
            positions=positional_encoding,
            encoder_layer=functools.partial(EncoderLayer, **parts),
            decoder_layer=functools.partial(DecoderLayer, **parts),
            final_norm=LayerNorm if final_norm else None,
            shared=shared,
        )
    assert transformer_parameters(*sizes, shared, final_norm) == sum(p.numel() for p in net.parameters())


def test_the_paper_s_base_model_has_about_the_65_million_of_its_table_3():
    base = transformer_parameters(37_000, 37_000, 512, 8, 2048, 6, shared=True)
    assert base == 63_045_632
    assert abs(base - 65e6) / 65e6 < 0.035
