"""The numbers under the histograms: exact where the layer promises it, held against torch's where it does not."""

import pytest
import torch
from torch import nn

from models.batchnorm import BatchNorm2d
from models.conv import Conv2d
from models.figures.activation_histograms import BATCH, BINS, REACH, STEPS, answer, built, layers_seen, train
from models.figures.digit_batches import DigitBatches


@pytest.fixture(scope="module")
def small_weights():
    return answer({"depth": 4, "gain": 0.5, "seed": 1})


def test_with_normalisation_each_layer_has_mean_0_and_deviation_1_before_the_first_step(small_weights):
    for layer in small_weights["views"]["train"][0]:
        assert layer["mean"] == pytest.approx(0, abs=1e-6)
        assert layer["std"] == pytest.approx(1, abs=0.01)  # eps beside a small variance


def test_without_it_half_the_weights_leave_half_the_spread_of_each_layer():
    spreads = {
        gain: [layer["std"] for layer in answer({"depth": 8, "gain": gain})["views"]["without"][0]]
        for gain in (1.0, 0.5)
    }
    for number, (full, half) in enumerate(zip(spreads[1.0], spreads[0.5], strict=True), start=1):
        assert half / full == pytest.approx(0.5**number, rel=1e-3)


def test_evaluation_before_training_takes_nothing_out(small_weights):
    views = small_weights["views"]
    for plain, evaluated in zip(views["without"][0], views["eval"][0], strict=True):
        assert evaluated["std"] == pytest.approx(plain["std"], rel=1e-3)


def test_evaluation_comes_nearer_to_training_mode_with_the_steps(small_weights):
    views = small_weights["views"]
    last = [view[-1]["std"] for view in views["eval"]]
    assert last[0] < last[1] < last[2] < 1.2
    assert len(views["eval"]) == len(views["without"]) == len(STEPS)


def test_a_histogram_holds_every_value_and_says_what_lies_beyond(small_weights):
    for view in small_weights["views"].values():
        for layer in view[0]:
            assert len(layer["shares"]) == BINS + 2
            assert sum(layer["shares"]) == pytest.approx(1, abs=1e-2)
    wide = answer({"depth": 4, "gain": 2.0})["views"]["without"][0][-1]
    assert wide["std"] > REACH
    assert wide["shares"][0] + wide["shares"][-1] > 0.3


def test_a_net_that_diverged_has_no_numbers_left():
    assert answer({"depth": 12, "gain": 2.0})["views"]["without"][-1][-1] == {"mean": None, "std": None, "shares": None}


def test_looking_moves_no_running_value():
    digits = DigitBatches(0)
    net = built(BatchNorm2d, depth=4, gain=1.0, seed=0)
    train(net, digits, 2)
    before = [buffer.clone() for buffer in net.buffers()]
    layers_seen(net, digits.held_out(BATCH)[0], training=True)
    assert all(torch.equal(old, new) for old, new in zip(before, net.buffers(), strict=True))
    assert not torch.equal(before[0], torch.zeros_like(before[0]))


def test_the_fused_convolution_is_the_courses_own():
    net, (images, _) = built(nn.Identity, depth=4, gain=1.0, seed=5), DigitBatches(5).held_out(4)
    x = images
    for conv, z in zip(net.convs, net(images)[1], strict=True):
        assert isinstance(conv, nn.Conv2d)
        ours = Conv2d(conv.in_channels, conv.out_channels, 3, padding=1, bias=False)
        ours.load_state_dict(conv.state_dict())
        torch.testing.assert_close(ours(x), z, rtol=1e-4, atol=1e-5)
        x = torch.relu(z)
