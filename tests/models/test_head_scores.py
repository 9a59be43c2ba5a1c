"""What heads do, on weights made by hand."""

import math

import pytest
import torch

from models.datasets.vocabulary import BOS, EOS, PAD
from models.head_scores import (
    aligned_pattern,
    at_separators,
    attention_on,
    diagonal,
    entropy,
    may_see,
    same_token,
    score_heads,
    strongest_on,
)
from models.masks import padding_mask, target_mask
from models.number_alignment import aligned_words

A, B, C, STOP = 4, 5, 6, 7
IDS = torch.tensor([[A, B, A, STOP, EOS], [B, C, EOS, PAD, PAD]])
LENGTHS = (5, 3)


def heads_that(*choose):
    """One head each: query q of sentence b gives all its attention to key choose(b, q)."""
    weights = torch.zeros(2, len(choose), 5, 5)
    for head, key in enumerate(choose):
        for sentence in range(2):
            for query in range(5):
                weights[sentence, head, query, key(sentence, query) % 5] = 1.0
    return weights


def even(mask):
    """One head that spreads its attention over all it may see."""
    visible = mask.expand(2, 1, 5, 5).double()
    return visible / visible.sum(-1, keepdim=True)


def scored(weights, mask=None, crossing=False):
    mask = padding_mask(IDS, PAD) if mask is None else mask
    return score_heads(weights, IDS, IDS, mask, {EOS, STOP}, crossing)


def test_a_head_of_one_habit_scores_one_in_it():
    weights = heads_that(
        lambda _, q: max(q - 1, 0), lambda b, q: min(q + 1, LENGTHS[b] - 1), lambda _, q: q, lambda b, _: LENGTHS[b] - 1
    )
    scores = scored(weights)
    assert scores["previous"].share.tolist() == [1, 0, 0, pytest.approx(0)]
    assert scores["next"].share.tolist() == [0, 1, 0, pytest.approx(2 / 6)]
    assert scores["diagonal"].share.tolist() == pytest.approx([2 / 8, 2 / 8, 1, 2 / 8])
    assert scores["separator"].share.tolist() == pytest.approx([1 / 8, 5 / 8, 3 / 8, 1])
    assert scores["entropy"].share.tolist() == [0, 0, 0, 0]


def test_only_queries_with_such_a_key_count_and_padding_never_does():
    scores = scored(heads_that(lambda _, q: q))
    assert scores["previous"].queries == scores["next"].queries == 4 + 2
    assert scores["diagonal"].queries == scores["separator"].queries == scores["entropy"].queries == 5 + 3
    assert scores["same token"].queries == 2  # the two A


def test_what_padded_queries_do_changes_nothing():
    weights = heads_that(lambda _, q: q, lambda _, q: q - 1)
    before = scored(weights)
    weights[1, :, 3:] = torch.nan
    after = scored(weights)
    for name, score in before.items():
        assert after[name].share.tolist() == score.share.tolist(), name


@pytest.mark.parametrize("causal", [False, True])
def test_chance_is_what_even_attention_scores(causal):
    mask = target_mask(IDS, PAD) if causal else padding_mask(IDS, PAD)
    for name, score in scored(even(mask), mask).items():
        assert score.share.item() == pytest.approx(score.chance, nan_ok=True), name
    assert scored(even(mask), mask)["relative entropy"].chance == 1


def test_chances_by_hand():
    scores = scored(even(padding_mask(IDS, PAD)))
    assert scores["previous"].chance == pytest.approx((4 / 5 + 2 / 3) / 6)
    assert scores["same token"].chance == pytest.approx(1 / 5)
    assert scores["separator"].chance == pytest.approx((5 * 2 / 5 + 3 * 1 / 3) / 8)
    assert scores["entropy"].chance == pytest.approx((5 * math.log(5) + 3 * math.log(3)) / 8)


def test_under_a_causal_mask_there_is_no_next_token_and_the_first_query_has_no_entropy():
    mask = target_mask(IDS, PAD)
    scores = scored(even(mask), mask)
    assert scores["next"].queries == 0
    assert math.isnan(scores["next"].chance)
    assert math.isnan(scores["next"].share.item())
    assert scores["entropy"].queries == 4 + 2
    assert scores["same token"].queries == 1  # the second A looks back at the first


def test_entropy_is_in_nats_and_its_share_of_the_most_that_is_possible():
    weights = torch.tensor([[0.5, 0.5, 0.0, 0.0]]).expand(1, 1, 4, 4)
    visible = torch.ones(1, 4, 4, dtype=torch.bool)
    assert entropy(weights, visible, relative=False).share.item() == pytest.approx(math.log(2))
    assert entropy(weights, visible, relative=True).share.item() == pytest.approx(0.5)


def test_batches_are_added_by_their_queries():
    weights = heads_that(lambda _, q: q - 1)
    one, other = (
        score_heads(weights[b : b + 1], IDS[b : b + 1], IDS[b : b + 1], padding_mask(IDS[b : b + 1], PAD), {EOS}, False)
        for b in (0, 1)
    )
    both = score_heads(weights, IDS, IDS, padding_mask(IDS, PAD), {EOS}, False)
    for name, score in both.items():
        added = one[name] + other[name]
        assert (added.queries, added.share.tolist()) == (score.queries, pytest.approx(score.share.tolist())), name
        assert added.chance == pytest.approx(score.chance)


def test_across_two_sentences_the_diagonal_goes_from_begin_to_begin_and_from_end_to_end():
    queries, keys = torch.tensor([[BOS, A, A, A, A, EOS, PAD]]), torch.tensor([[A, B, EOS, PAD]])
    pattern = diagonal(queries, keys)[0]
    assert pattern.int().argmax(-1)[:6].tolist() == [0, 0, 1, 1, 2, 2]
    assert diagonal(keys, queries)[0].int().argmax(-1)[:3].tolist() == [0, 3, 5]
    assert diagonal(torch.tensor([[A]]), torch.tensor([[A]])).tolist() == [[[True]]]
    assert torch.equal(diagonal(IDS, IDS)[0], torch.eye(5, dtype=torch.bool))


def test_across_two_sentences_there_is_no_previous_and_the_same_place_may_hold_the_same_token():
    weights = heads_that(lambda _, q: q)
    scores = scored(weights, crossing=True)
    assert set(scores) == {"diagonal", "same token", "separator", "entropy", "relative entropy"}
    assert scores["same token"].share.item() == 1
    assert scores["same token"].queries == 8


def test_patterns_by_hand():
    assert same_token(IDS[:1], IDS[:1], itself=False)[0].nonzero().tolist() == [[0, 2], [2, 0]]
    assert at_separators(IDS, {EOS, STOP}).nonzero().tolist() == [[0, 3], [0, 4], [1, 2]]
    assert not at_separators(IDS, set()).any()
    assert may_see(padding_mask(IDS, PAD), IDS, IDS)[1].nonzero().tolist() == [
        [q, k] for q in range(3) for k in range(3)
    ]


def test_the_crossing_of_zweiundneunzig_is_scored_by_its_alignment():
    """92: z w e i look at "two" (1), u n d count nothing, n e u n z i g look at "ninety" (0)."""
    pattern = aligned_pattern([aligned_words(92, "de")], 15, 3)  # one row more for EOS, one column more
    assert pattern[0].sum().item() == 4 + 7
    visible = torch.ones(1, 15, 3, dtype=torch.bool)
    visible[..., 2] = False  # EOS is no word
    right, straight = torch.zeros(2, 15, 3)
    right[:7, 1] = right[7:, 0] = 0.4
    straight[:7, 0] = straight[7:, 1] = 0.4
    right[:, 2] = straight[:, 2] = 0.6
    score = strongest_on(torch.stack([right, straight])[None], pattern, visible)
    assert (score.share.tolist(), score.queries, score.chance) == ([1, 0], 11, 0.5)
    most = attention_on(torch.stack([right, straight])[None], pattern, visible)
    assert most.share.tolist() == pytest.approx([0.4, 0])


def test_a_piece_that_renders_two_words_may_look_at_either():
    """cent renders "one" and "hundred"."""
    pattern = aligned_pattern([aligned_words(100, "fr")], 4, 2)
    weights = torch.tensor([[0.9, 0.1]] * 2 + [[0.1, 0.9]] * 2)[None, None]
    score = strongest_on(weights, pattern, torch.ones(1, 4, 2, dtype=torch.bool))
    assert (score.share.item(), score.chance) == (1, 1)
