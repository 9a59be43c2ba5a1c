"""The walk against torch.nn.LSTM step by step, its equations, and what the small cell has learnt."""

from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch import nn

from models.char_model import CharModel
from models.figures.lstm_cell import CHARACTERS, TEXTS, NoGatesOfThatKind, answer, passages
from models.figures.settings import BadSetting
from models.figures.small_cell import rhyme, small_cell
from models.gate_layout import TORCH_CONVENTIONS
from models.recurrent_assembly import Recurrent


@pytest.fixture(scope="module")
def told() -> dict:
    return answer({"ask": "figure", "text": 1})


def series(told: dict, name: str) -> torch.Tensor:
    """One signal as (T, H), units in the order of the weights."""
    values = torch.tensor(told["signals"][name]).T
    return values[:, torch.tensor(told["units"]).argsort()]


def test_c_and_h_are_those_of_torchs_own_layer_step_by_step(told):
    cell = small_cell()
    lstm = nn.LSTM(8, 16)
    lstm.load_state_dict(cell.recurrent.layers.state_dict())
    state = (torch.zeros(1, 16), torch.zeros(1, 16))
    with torch.no_grad():
        for step, x in enumerate(cell.model.embedding(cell.encode(told["text"]))):
            _, state = lstm(x[None], state)
            torch.testing.assert_close(series(told, "h")[step], state[0][0], atol=6e-4, rtol=0)
            torch.testing.assert_close(series(told, "c")[step], state[1][0], atol=6e-4, rtol=0)


def test_the_gates_at_each_step_give_the_next_c_and_h(told):
    i, f, g, o, c, h = (series(told, name) for name in "ifgoch")
    before = torch.cat((torch.zeros(1, 16), c[:-1]))
    torch.testing.assert_close(f * before + i * g, c, atol=2e-2, rtol=0)
    torch.testing.assert_close(o * c.tanh(), h, atol=2e-3, rtol=0)
    assert min(f.min(), i.min(), o.min()) >= 0
    assert g.min() < -0.5 < 0.5 < g.max()


def test_the_unit_whose_cell_state_moves_most_is_told_first(told):
    spread = torch.tensor(told["signals"]["c"]).std(1)
    assert torch.equal(spread, spread.sort(descending=True).values)
    assert sorted(told["units"]) == list(range(16))


def test_the_small_cell_has_learnt_its_rhyme_and_says_what_it_expects(told):
    assert small_cell().nats < 0.25  # uniform guessing would be 3.3
    right = [expected == after for (expected, _), after in zip(told["expects"], told["text"][1:], strict=False)]
    assert sum(right) > 0.8 * len(right)
    assert all(0 <= p <= 1 for _, p in told["expects"])


def test_training_it_leaves_the_random_numbers_of_others_alone():
    small_cell.cache_clear()
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    first = small_cell()
    assert torch.equal(torch.rand(3), expected)
    small_cell.cache_clear()
    assert torch.equal(small_cell().model.head.weight, first.model.head.weight)


def test_the_passages_are_pieces_of_the_text_that_begin_paragraphs():
    pieces = passages(rhyme())
    assert len(set(pieces)) == TEXTS
    assert all(len(piece) == CHARACTERS and piece in rhyme() and piece.startswith("This is the") for piece in pieces)
    assert passages("ab" * 40) == ["ab" * 30] * TEXTS


def test_a_text_or_layer_that_is_not_there_is_named():
    with pytest.raises(BadSetting, match="text cannot be 5"):
        answer({"text": 5})
    with pytest.raises(BadSetting, match="layer cannot be 1"):
        answer({"layer": 1})


def a_run(monkeypatch, cell: str) -> Any:
    """A trained net as the lab loads it, of two layers, with rows in another gate order."""
    layers = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](4, 6, 2, batch_first=True)
    conventions = {"gate_order": "ogfi"} if cell == "lstm" else TORCH_CONVENTIONS["gru"]
    model = CharModel(layers, 20, 4, 6)
    symbols = "".join(sorted(set(rhyme())))
    dataset = SimpleNamespace(
        symbols=symbols,
        encode=lambda text: torch.tensor([symbols.index(s) % 20 for s in text]),
        decode=lambda _ids: rhyme(),
        held_out_ids=[],
    )
    recurrent = Recurrent(layers, None, cell, conventions)
    task = SimpleNamespace(model=model, net=model, dataset=dataset, recurrent=recurrent)
    monkeypatch.setattr("models.figures.lstm_cell.character_task", lambda trained, _kind: trained.task)
    return SimpleNamespace(run=SimpleNamespace(id="rnn-quick-001"), task=task)


def test_a_runs_own_cell_is_read_by_its_own_gate_order_and_the_chosen_layer(monkeypatch):
    trained = a_run(monkeypatch, "lstm")
    told = answer({"run": "/a/run", "layer": 1, "text": 2}, trained)
    assert (told["cell"], told["layers"], told["hidden"]) == ("rnn-quick-001", 2, 6)
    assert told["settings"] == {"run": "/a/run", "layer": 1, "text": 2}
    rows = {name: value.chunk(4) for name, value in trained.task.recurrent.layers.state_dict().items()}
    own = nn.LSTM(4, 6, 2, batch_first=True)  # torch's order i f g o, from o g f i
    own.load_state_dict({name: torch.cat((i, f, g, o)) for name, (o, g, f, i) in rows.items()})
    with torch.no_grad():
        out, _ = own(trained.task.model.embedding(trained.task.dataset.encode(told["text"])))
    torch.testing.assert_close(series(told, "h"), out, atol=6e-4, rtol=0)


def test_a_gru_has_no_such_gates(monkeypatch):
    with pytest.raises(NoGatesOfThatKind, match="kind gru"):
        answer({"run": "/a/run"}, a_run(monkeypatch, "gru"))
