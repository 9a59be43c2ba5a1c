import functools
import itertools
import math

import pytest
import torch

from models.attention import attention
from models.decoder_layer import DecoderLayer
from models.decoding import beam, greedy, start, step
from models.embeddings import Embeddings
from models.encoder_decoder import Transformer
from models.encoder_layer import EncoderLayer
from models.feed_forward import FeedForward
from models.masks import causal_mask, padding_mask
from models.multi_head_attention import MultiHeadAttention
from models.positional_encoding import positional_encoding

BOS, EOS, PAD = 1, 2, 0


@pytest.fixture
def transformer():
    torch.manual_seed(3)
    parts = {"attention": lambda d, heads: MultiHeadAttention(d, heads, attention), "feed_forward": FeedForward}
    net = Transformer(
        7,
        6,
        d_model=8,
        num_heads=2,
        d_ff=12,
        num_layers=2,
        dropout=0.1,
        embeddings=Embeddings,
        positions=positional_encoding,
        encoder_layer=functools.partial(EncoderLayer, **parts),
        decoder_layer=functools.partial(DecoderLayer, **parts),
    ).double()
    return net.eval()


@pytest.fixture
def source():
    return torch.tensor([[3, 4, 5, 6], [6, 5, PAD, PAD], [4, 4, 6, PAD]])


def all_sentences(tokens, max_length):
    """Everything that ends with EOS, or is as long as it may be."""
    others = [token for token in range(tokens) if token != EOS]
    for length in range(max_length):
        for said in itertools.product(others, repeat=length):
            yield (*said, EOS)
    yield from itertools.product(others, repeat=max_length)


def log_probabilities(net, source, every):
    """Of whole sentences, without a cache: every token's share, added up."""
    longest = max(map(len, every))
    said = torch.tensor([[*sentence, *[EOS] * (longest - len(sentence))] for sentence in every])
    ids = torch.cat([torch.full_like(said[:, :1], BOS), said[:, :-1]], dim=1)
    log_p = net(source.expand(len(every), -1), ids, padding_mask(source[None], PAD), causal_mask(longest)).log_softmax(
        -1
    )
    shares = log_p.gather(2, said[:, :, None])[:, :, 0].tolist()
    return [sum(row[: len(sentence)]) for row, sentence in zip(shares, every, strict=True)]


def test_a_step_with_the_cache_is_the_last_row_without_one(transformer, source):
    mask = padding_mask(source, PAD)
    said = torch.tensor([[BOS, 3, 4, 5, 3], [BOS, 5, 5, 3, 0], [BOS, 0, 2, 4, 4]])
    cache = start(transformer, source, mask)
    for t in range(said.shape[1]):
        plain = transformer(source, said[:, : t + 1], mask, causal_mask(t + 1))[:, -1]
        assert torch.allclose(step(transformer, said[:, t], cache), plain, rtol=1e-10, atol=1e-12)


def test_greedy_is_the_likeliest_token_of_the_uncached_model_each_time(transformer, source):
    mask = padding_mask(source, PAD)
    expected = []
    for sentence, keep in zip(source, mask, strict=True):
        said = [BOS]
        while len(said) < 7:
            logits = transformer(sentence[None], torch.tensor([said]), keep[None], causal_mask(len(said)))
            token = int(logits[0, -1].argmax())
            if token == EOS:
                break
            said.append(token)
        expected.append(said[1:])
    assert greedy(transformer, source, mask, BOS, EOS, 6) == expected


@pytest.mark.parametrize("alpha", [0.0, 0.6, 2.0])
def test_a_beam_as_wide_as_everything_finds_the_best_of_all_sentences(transformer, source, alpha):
    every = list(all_sentences(6, 3))
    assert len(every) == 1 + 5 + 25 + 125
    expected = []
    for sentence in source:
        sums = log_probabilities(transformer, sentence, every)
        scores = [total / ((5 + len(said)) / 6) ** alpha for total, said in zip(sums, every, strict=True)]
        expected.append([token for token in every[scores.index(max(scores))] if token != EOS])
    assert beam(transformer, source, padding_mask(source, PAD), BOS, EOS, 3, width=6**3, alpha=alpha) == expected


def test_a_beam_of_one_is_greedy(transformer, source):
    for seed in range(5):
        torch.manual_seed(seed)
        for weights in transformer.parameters():
            torch.nn.init.normal_(weights, std=0.7)
        mask = padding_mask(source, PAD)
        assert beam(transformer, source, mask, BOS, EOS, 6, width=1) == greedy(transformer, source, mask, BOS, EOS, 6)


class Table:
    """A model in which the next token's chances depend on the tokens so far alone, as a table says."""

    def __init__(self, chances):
        self.chances, self.decoder, self.rows = chances, [object()], 0

    def encode(self, source, _mask):
        return source[:, :, None].double()

    def decode(self, target, _memory, _target_mask, _source_mask, caches):
        kept = caches[0].get("k", target.new_zeros(len(target), 1, 0, 1))
        caches[0]["k"] = torch.cat([kept, target[:, None, :, None]], dim=2)
        self.rows += len(target)
        said = caches[0]["k"][:, 0, 1:, 0].tolist()
        return torch.tensor([self.chances(tuple(row)) for row in said]).log().double()[:, None]


def wide_garden(said):
    """Token 3 looks best at first, and is worse in the end; chances of PAD, BOS, EOS, 3, 4."""
    return {
        (): [0.0, 0.0, 0.0, 0.6, 0.4],
        (3,): [0.0, 0.0, 0.4, 0.3, 0.3],
        (4,): [0.0, 0.0, 0.9, 0.05, 0.05],
    }.get(said, [0.0, 0.0, 1.0, 0.0, 0.0])


def test_a_beam_of_two_finds_what_greedy_passes_by():
    source = torch.tensor([[5, 6]])
    assert greedy(Table(wide_garden), source, None, BOS, EOS, 9) == [[3]]  # 0.6 * 0.4 = 0.24
    assert beam(Table(wide_garden), source, None, BOS, EOS, 9, width=2) == [[4]]  # 0.4 * 0.9 = 0.36


@pytest.mark.parametrize(("alpha", "expected"), [(0.0, [3]), (0.6, [3]), (1.0, [3, 4, 4, 4, 4])])
def test_the_penalty_makes_long_sentences_worth_more(alpha, expected):
    """Two tokens at 0.42, six at 0.30: log / lp is -0.868, -0.791, -0.744 against -1.204, -0.837, -0.657."""
    table = {
        (): [0.0, 0.0, 0.0, 1.0, 0.0],
        (3,): [0.28, 0.0, 0.42, 0.0, 0.30],
        (3, 4, 4, 4, 4): [0.0, 0.0, 1.0, 0.0, 0.0],
    }
    chances = Table(lambda said: table.get(said, [0.0, 0.0, 0.0, 0.0, 1.0]))
    assert beam(chances, torch.tensor([[5]]), None, BOS, EOS, 9, width=2, alpha=alpha) == [expected]
    for length, share, by_alpha in ((2, 0.42, (-0.868, -0.791, -0.744)), (6, 0.30, (-1.204, -0.837, -0.657))):
        for power, number in zip((0.0, 0.6, 1.0), by_alpha, strict=True):
            assert math.log(share) / ((5 + length) / 6) ** power == pytest.approx(number, abs=6e-4)


def test_sentences_do_not_wait_for_each_other_and_decided_ones_cost_nothing(transformer, source):
    mask = padding_mask(source, PAD)
    together = beam(transformer, source, mask, BOS, EOS, 6, width=3)
    alone = [beam(transformer, source[i : i + 1], mask[i : i + 1], BOS, EOS, 6, width=3)[0] for i in range(len(source))]
    assert together == alone
    table = Table(wide_garden)
    beam(table, torch.tensor([[5], [6]]), None, BOS, EOS, 50, width=2)
    assert table.rows <= 2 * 2 * 4


def test_nothing_is_said_where_no_token_is_allowed(transformer, source):
    for decode in (greedy, beam):
        assert decode(transformer, source, None, BOS, EOS, 0) == [[], [], []]
        one = decode(transformer, source, None, BOS, EOS, 1)
        assert all(len(said) <= 1 for said in one)


def test_a_mask_for_all_sentences_stays_one(transformer, source):
    first_three = torch.tensor([True, True, True, False]).view(1, 1, 1, 4)
    spread = first_three.expand(len(source), 1, 1, 4)
    expected = beam(transformer, source, spread, BOS, EOS, 5, width=3)
    assert beam(transformer, source, first_three, BOS, EOS, 5, width=3) == expected
