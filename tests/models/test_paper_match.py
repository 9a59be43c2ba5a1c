from dataclasses import replace

import pytest
from sklearn.utils import check_random_state

from models.paper_match import paper_match, wilson
from models.presets import settings_for
from models.runs import RunState, RunStatus
from tests.models.test_runs import CONFIG

CIFAR = {"name": "cifar10", "source": "official", "train": 50_000, "held_out": 10_000, "comparable": True}


def card(accuracy=0.9, preset="paper", dataset=CIFAR, state: RunState = "finished", changes=None, ablations=()):
    chosen = settings_for("cnn", preset, changes or {})
    config = replace(CONFIG, preset=preset, settings=chosen, dataset=dataset, total_steps=64_000, ablations=ablations)
    final = {"held_out_looks": 21, "parameters": 269_722}
    return paper_match(config, RunStatus(state=state, held_out=accuracy, final=final))


def test_the_papers_recipe_is_the_papers_on_every_line():
    found = card()
    assert [line.name for line in found.lines if not line.same] == []
    assert (found.net, found.paper_accuracy) == ("ResNet-20", pytest.approx(0.9125))


def test_the_short_schedule_differs_where_it_does():
    found = card(preset="full")
    different = {line.name for line in found.lines if not line.same}
    assert {"mean subtracted", "learning rate", "optimiser"} <= different
    assert not {"batch", "shortcut", "parameters", "training images"} & different


@pytest.mark.parametrize(("accuracy", "verdict"), [(0.8925, "matched"), (0.8924, "not matched"), (0.95, "matched")])
def test_two_points_below_the_paper_still_match(accuracy, verdict):
    assert card(accuracy).verdict == verdict


def test_each_depth_is_held_against_its_own_row():
    found = card(0.9103, changes={"num_blocks": "9"})
    assert (found.net, found.paper_accuracy, found.verdict) == ("ResNet-56", pytest.approx(0.9303), "matched")
    assert card(changes={"num_blocks": "2"}).verdict == "not comparable"


def test_other_pixels_and_other_nets_are_not_comparable_and_say_why():
    copy = {**CIFAR, "comparable": False, "source": "images by class (JPEG)"}
    assert (card(dataset=copy).verdict, "JPEG" in card(dataset=copy).because) == ("not comparable", True)
    assert "no-skip" in card(ablations=("no-skip",)).because
    assert card(ablations=("no-skip",)).verdict == "not comparable"
    resnet18 = card(changes={"net": "resnet18"})
    assert (resnet18.net, resnet18.paper_accuracy, resnet18.verdict) == ("ResNet-18", None, "not comparable")


def test_the_card_tells_what_was_kept_for_validation_and_how_the_images_were_seen():
    found = card(preset="full", dataset=CIFAR | {"train": 49_000, "validation": 1_000})
    yours = {line.name: line.yours for line in found.lines}
    assert yours["training images"] == "49,000, 1,000 for validation"
    assert yours["augmentation"] == "pad 4, crop 32, flip by epoch, from 20x20"
    assert yours["weight averaging"] == "exponential, 0.998 a step"


def test_a_run_that_has_not_finished_has_no_accuracy_to_compare():
    found = card(state="running")
    assert (found.verdict, found.accuracy, found.interval) == ("not finished", None, None)


def test_the_interval_of_10000_images_is_about_half_a_point_each_side():
    low, high = wilson(0.9125, 10_000)
    assert (high - low) / 2 == pytest.approx(0.0055, abs=2e-4)
    assert wilson(1.0, 10)[1] <= 1.0 + 1e-12


def test_the_interval_holds_the_truth_about_19_times_in_20():
    counted = check_random_state(3).binomial(355, 0.97, size=4000) / 355
    held = [low <= 0.97 <= high for low, high in (wilson(float(share), 355) for share in counted)]
    assert 0.93 <= sum(held) / len(held) <= 0.97
