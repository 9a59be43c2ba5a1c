"""Units that were built to tell something are found, and those that tell nothing stay within chance."""

import pytest
import torch

from models.probes.selectivity import (
    best_units,
    chance_level,
    features_of,
    left_out_of,
    ranks_of,
    scores,
    shares_below,
)

EVERY = (
    "inside a speaker's name", "just after a line break", "late in its line", "early in its line", "upper case",
    "a vowel", "punctuation", "a space", "inside quotes or brackets",
)  # fmt: skip
TEXT = "KING LEAR:\nBlow, winds, and crack (your) cheeks!\nRage, blow, you cataracts.\n\nFOOL:\nO nuncle!\n\n" * 30


def test_a_unit_that_is_the_feature_scores_one_its_opposite_minus_one_and_a_constant_nothing():
    feature = features_of(TEXT)["upper case"]
    on = feature.double()
    values = torch.stack([on, -on, torch.ones_like(on)], dim=1)
    assert scores(values, feature).tolist() == pytest.approx([1.0, -1.0, 0.0])


def test_the_score_is_two_auc_minus_one_counted_pair_by_pair():
    generator = torch.Generator().manual_seed(4)
    values = torch.randint(0, 5, (40, 3), generator=generator).double()  # with many ties
    feature = torch.rand(40, generator=generator) < 0.4
    yes, no = values[feature], values[~feature]
    wins = (yes[:, None] > no[None]).double() + 0.5 * (yes[:, None] == no[None]).double()
    assert scores(values, feature).tolist() == pytest.approx((2 * wins.mean((0, 1)) - 1).tolist())


def test_noise_stays_near_what_chance_reaches_and_a_built_unit_far_beyond_it():
    generator = torch.Generator().manual_seed(0)
    feature = features_of(TEXT)["just after a line break"]
    noise = torch.randn(len(TEXT), 50, generator=generator, dtype=torch.float64)
    level = chance_level(ranks_of(noise), feature, generator)
    assert 0.02 < level < 0.35
    assert float(scores(noise, feature).abs().max()) < 1.5 * level
    noise[:, 17] += 5 * feature
    found = {each["feature"]: each for each in best_units(noise, {"line break": feature}, generator)}
    assert found["line break"]["unit"] == 17
    assert found["line break"]["score"] > 0.9 > level


def test_features_are_told_of_each_character_by_what_came_before_it():
    text = "a\n\nBob:\nHi (x) Y." + " " * 30 + "\nz" * 30
    found = features_of(text)
    assert [i for i, yes in enumerate(found["just after a line break"][:10].tolist()) if yes] == [2, 3, 8]
    name = features_of("x\n\n" + "Bob Robertson Of Bobton:\nyes yes yes yes yes yes yes yes\n")[
        "inside a speaker's name"
    ]
    assert name.nonzero()[:, 0].tolist() == list(range(3, 27))
    assert "inside quotes or brackets" not in found, "three characters are too few to tell anything by"
    assert left_out_of(text) == [name for name in EVERY if name not in found]


def test_a_value_is_drawn_by_how_many_of_the_measured_ones_are_smaller():
    measured = torch.tensor([3.0, 1.0, 1.0, 2.0], dtype=torch.float64)
    assert shares_below(measured, torch.tensor([0.0, 1.0, 2.5, 9.0], dtype=torch.float64)).tolist() == [
        0.0, 0.25, 0.75, 1.0
    ]  # fmt: skip
