"""The layer with and without its feed-forward: that each arm is what it is called, and what cannot be learnt is not."""

import math

import pytest
import torch
from torch import nn

from models.figures.settings import BadSetting
from models.figures.without_feed_forward import ARMS, OneLayer, answer, drawn, entropy, judged, trained


@pytest.fixture(scope="module")
def nets() -> dict[str, OneLayer]:
    torch.manual_seed(0)
    return {arm: OneLayer(56 if arm == "wider" else 32, 4, arm, 5, keys_see_digits=False).double() for arm in ARMS}


def all_logits(net: OneLayer) -> torch.Tensor:
    """Of each pair at the first two places, (5, 5, answers)."""
    pairs = torch.cartesian_prod(torch.arange(5), torch.arange(5))
    digits = torch.cat([pairs, torch.zeros(25, 4, dtype=torch.long)], dim=1)
    marks = torch.tensor([1, 1, 0, 0, 0, 0]).expand(25, 6)
    return net(digits, marks).detach().view(5, 5, -1)


def bend(net: OneLayer) -> float:
    """How far l(a, b) is from a number for a plus a number for b, by a second difference."""
    logits = all_logits(net)
    return float((logits[1:, 1:] - logits[1:, :-1] - logits[:-1, 1:] + logits[:-1, :-1]).abs().max())


def test_with_keys_that_see_marks_only_the_relu_makes_the_one_arm_that_is_no_sum(nets):
    assert bend(nets["with it"]) > 0.01
    assert max(bend(nets[arm]) for arm in ("no ReLU", "without", "wider")) < 1e-12


def test_keys_that_see_digits_bend_attention_by_itself():
    torch.manual_seed(0)
    assert bend(OneLayer(32, 1, "without", 5, keys_see_digits=True).double()) > 1e-3


def test_the_arms_have_the_weights_of_an_encoder_layers_parts(nets):
    counts = {arm: net.sublayer_weights() for arm, net in nets.items()}
    assert counts["without"] == 4 * 32**2
    assert counts["with it"] == counts["no ReLU"] == 12 * 32**2 + 5 * 32
    assert counts["wider"] == pytest.approx(counts["with it"], rel=0.01)


def test_batches_mark_two_places_and_ask_for_their_sum():
    for task in ("sum mod 5", "sum"):
        batch = drawn(200, task, torch.Generator().manual_seed(1))
        assert batch.marks.sum(1).tolist() == [2] * 200
        sums = (batch.digits * batch.marks).sum(1)
        assert torch.equal(batch.said, sums % 5 if task == "sum mod 5" else sums)
        assert len(batch.said.unique()) == (5 if task == "sum mod 5" else 9)


def test_chance_is_the_entropy_of_the_answers():
    assert entropy("sum mod 5") == pytest.approx(math.log(5))
    shares = [min(k + 1, 9 - k) / 25 for k in range(9)]
    assert entropy("sum") == pytest.approx(-sum(p * math.log(p) for p in shares))


def test_shifting_the_two_digits_against_each_other_and_averaging_leaves_a_guess(nets):
    logits = all_logits(nets["without"])
    shifted = torch.stack([logits.roll((-s, s), (0, 1)) for s in range(5)]).mean(0)
    assert torch.allclose(shifted, shifted[0, 0].expand_as(shifted))
    target = (torch.arange(5)[:, None] + torch.arange(5)) % 5
    losses = [float(nn.functional.cross_entropy(each.reshape(25, 5), target.flatten())) for each in (logits, shifted)]
    assert losses[0] >= losses[1] >= math.log(5) - 1e-12


def test_losses_are_those_of_a_loop_written_again():
    net, losses = trained("sum", "marks", 1, 3, "without")
    torch.manual_seed(3)
    again = OneLayer(32, 1, "without", 9, keys_see_digits=False)
    generator, optimizer = torch.Generator().manual_seed(3), torch.optim.Adam(again.parameters(), lr=3e-3)
    noted = []
    for _ in range(10):
        batch = drawn(128, "sum", generator)
        logits = again(batch.digits, batch.marks)
        noted.append(-logits.log_softmax(-1)[torch.arange(128), batch.said].mean())
        optimizer.zero_grad()
        noted[-1].backward()
        optimizer.step()
    assert losses[0] == pytest.approx(sum(each.item() for each in noted) / 10, rel=5e-3)
    right, says = judged(net, "sum")
    assert right > 0.99
    assert says == [[a + b for b in range(5)] for a in range(5)]


def test_an_answer_repeats_with_its_seed_and_a_wrong_setting_is_named(monkeypatch):
    monkeypatch.setattr("models.figures.without_feed_forward.STEPS", 20)
    first, again = (answer({"seed": 2, "arm": "no ReLU"}) for _ in range(2))
    assert first == again
    assert len(first["losses"]) == 2
    with pytest.raises(BadSetting, match="arm cannot be"):
        answer({"arm": "half of it"})
