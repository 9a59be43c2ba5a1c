"""What a learner's functions give in a run is looked at before it is used: each wrong thing by its own sentence."""

import pytest
import torch
from torch import Tensor, nn

from models import char_lm, clipping
from models.char_model import CharModel
from models.tasks.given_by_parts import clipped_by, drawn_by, loss_of, refuse_a_look_ahead, state_of, windows_of
from models.tasks.task_errors import NetMisbehaves

IDS = torch.arange(61) % 7
LOGITS = torch.randn(2, 5, 7, generator=torch.Generator().manual_seed(0)).requires_grad_()
TARGETS = torch.arange(10).view(2, 5) % 7


def cut(change):
    return lambda *given: [change(x, y) for x, y in char_lm.batches(*given)]


def test_the_right_windows_are_taken_also_from_a_generator_and_the_text_is_out_of_reach():
    def batches(ids: Tensor, *sizes: int):
        yield from [(x.clone(), y.clone()) for x, y in char_lm.batches(ids, *sizes)]
        ids.zero_()

    before = IDS.clone()
    windows = windows_of(batches, IDS, 3, 4)
    assert len(windows) == 5
    assert torch.equal(IDS, before)


@pytest.mark.parametrize(
    ("batches", "words"),
    [
        (cut(lambda x, _: (x, x)), "targets of window 1 of 5"),
        (cut(lambda _, y: (y, y)), "characters of window 1 of 5"),
        (cut(lambda x, y: (x.float(), y)), "characters of window 1"),
        (cut(lambda x, y: (x.T, y.T)), "characters of window 1"),
        (cut(lambda x, y: (x, y.tolist())), "targets of window 1"),
        (cut(lambda x, y: (x, y, x)), "no pairs of windows"),
        (lambda *given: char_lm.batches(*given)[::-1], "characters of window 1"),
        (lambda *given: char_lm.batches(*given)[1:], "cuts 4 windows out of a text that holds 5"),
        (lambda *_: None, "no pairs of windows"),
    ],
)
def test_other_windows_are_refused(batches, words):
    with pytest.raises(NetMisbehaves, match=words):
        windows_of(batches, IDS, 3, 4)


@pytest.mark.parametrize(
    ("nll", "words"),
    [
        (lambda *given: char_lm.nll(*given).item(), "no single number"),
        (lambda *given: char_lm.nll(*given).long(), "no single number"),
        (lambda *given: char_lm.nll(*given).view(1), "no single number"),
        (lambda *given: char_lm.nll(*given).detach(), "without a graph"),
        (lambda *given: char_lm.nll(*given) - 7, "where the mean of -ln p is"),
        (lambda *given: char_lm.nll(*given) * float("nan"), "nll gives nan where"),
    ],
)
def test_what_is_no_loss_is_refused_and_a_wrong_one_where_it_is_looked_at(nll, words):
    with pytest.raises(NetMisbehaves, match=words):
        loss_of(nll, LOGITS, TARGETS, is_checked=True)
    if "where" in words:
        assert isinstance(loss_of(nll, LOGITS, TARGETS, is_checked=False), Tensor)


def test_the_right_loss_is_itself_and_one_that_is_no_number_is_left_to_diverge():
    assert torch.equal(loss_of(char_lm.nll, LOGITS, TARGETS, True), char_lm.nll(LOGITS, TARGETS))
    assert loss_of(char_lm.nll, LOGITS * float("nan"), TARGETS, True).isnan()


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (lambda *_: None, "NoneType"),
        (lambda *_: 3, "int"),
        (lambda *_: torch.tensor([[1]]), r"shape \(1, 1\)"),
        (lambda *_: torch.tensor([7]), "character 7 of 7"),
        (lambda *_: torch.tensor([-1]), "character -1"),
    ],
)
def test_what_is_no_character_is_refused(sample, words):
    with pytest.raises(NetMisbehaves, match=words):
        drawn_by(sample, LOGITS[0, :1].detach(), 1.0, torch.Generator())


def with_gradients(size: float) -> list[Tensor]:
    parameters = [torch.zeros(3), torch.zeros(2), torch.zeros(1)]
    for each in parameters[:2]:
        each.grad = torch.full_like(each, size)
    return parameters


@pytest.mark.parametrize("size", [0.01, 5.0])
def test_the_right_clipping_is_let_through(size):
    clipped_by(clipping.clip_grad_norm, with_gradients(size), 1.0, True)
    clipped_by(clipping.clip_grad_norm, [torch.zeros(2)], 1.0, True)


@pytest.mark.parametrize("factor", [0.0, 0.5, float("nan")])
def test_gradients_of_another_length_than_asked_for_are_refused_where_they_are_looked_at(factor):
    def clip(parameters, limit):
        clipping.clip_grad_norm(parameters, limit)
        for each in parameters:
            if each.grad is not None:
                each.grad.mul_(factor)

    with pytest.raises(NetMisbehaves, match="leaves gradients of norm"):
        clipped_by(clip, with_gradients(5.0), 1.0, True)
    clipped_by(clip, with_gradients(5.0), 1.0, False)
    clipped_by(clip, with_gradients(float("inf")), 1.0, True)


@pytest.mark.parametrize("state", [None, "ab", (), (None, None), {"h": torch.zeros(1)}])
def test_what_is_no_state_is_refused(state):
    with pytest.raises(NetMisbehaves, match="as their state"):
        state_of(state)


class Changed(nn.Module):
    """An LSTM that gives what `change` makes of what it is given and gives."""

    def __init__(self, change) -> None:
        super().__init__()
        self.lstm, self.change, self.calls = nn.LSTM(4, 6, batch_first=True), change, 0

    def forward(self, x: Tensor, state=None):
        self.calls += 1
        return self.change(self, x, state)


def net(change) -> CharModel:
    torch.manual_seed(1)
    return CharModel(Changed(change), 7, 4, 6)


def test_layers_that_look_at_what_comes_next_or_keep_something_are_refused():
    ids = torch.randint(0, 7, (3, 9), generator=torch.Generator().manual_seed(3))
    refuse_a_look_ahead(net(lambda own, x, state: own.lstm(x, state)), ids, 7)
    for ahead in (
        lambda own, x, state: own.lstm(torch.cat([x[:, 1:], x[:, :1]], 1), state),
        lambda own, x, state: own.lstm(x + x.mean(1, keepdim=True), state),
        lambda own, x, state: own.lstm(x * own.calls, state),
    ):
        with pytest.raises(NetMisbehaves, match="changes with the characters after it, or from call to call"):
            refuse_a_look_ahead(net(ahead), ids, 7)
    refuse_a_look_ahead(net(lambda own, x, state: own.lstm(x * float("nan"), state)), ids, 7)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda own, x, state: own.lstm(x, state)[0], "no pair"),
        (lambda own, x, state: (own.lstm(x, state)[0][:, -1], None), r"\(3, 6\)"),
        (lambda own, x, state: (own.lstm(x, state)[0].double(), None), "float64"),
        (lambda *_: None, "no pair"),
    ],
)
def test_what_is_no_output_of_layers_is_refused(change, words):
    with pytest.raises(NetMisbehaves, match=words):
        net(change)(torch.zeros(3, 9, dtype=torch.long))
