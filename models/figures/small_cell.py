"""A small LSTM that learns one nursery rhyme in a second or two: something to look into before a run has finished."""

from functools import cache
from typing import NamedTuple

import torch
from jaxtyping import Int
from torch import Tensor, nn

from models.char_model import CharModel
from models.figures.threads import one_thread
from models.gate_layout import TORCH_CONVENTIONS, set_forget_bias
from models.recurrent_assembly import Recurrent

HIDDEN, EMBEDDING = 16, 8
STEPS, ROWS, LENGTH, RATE = 600, 8, 64, 0.02
# An English nursery rhyme, in print since 1755: what each is, and what it did to the one before it.
_PARTS = (
    ("house that Jack built", ""),
    ("malt", "lay in"),
    ("rat", "ate"),
    ("cat", "killed"),
    ("dog", "worried"),
    ("cow with the crumpled horn", "tossed"),
    ("maiden all forlorn", "milked"),
    ("man all tattered and torn", "kissed"),
    ("priest all shaven and shorn", "married"),
    ("cock that crowed in the morn", "woke"),
)


class SmallCell(NamedTuple):
    """The model, its layers as they are to be walked, and the symbols that it knows."""

    model: CharModel
    recurrent: Recurrent
    symbols: str
    nats: float  # per character over the whole rhyme, which is all that it has learnt

    def encode(self, text: str) -> Int[Tensor, " T"]:
        """The ids of a piece of the rhyme."""
        return torch.tensor([self.symbols.index(symbol) for symbol in text])


def rhyme() -> str:
    """Ten verses, each with all lines of the one before."""
    verses = []
    for last in range(len(_PARTS)):
        lines = [f"This is the {_PARTS[last][0]}"]
        lines += [f"That {_PARTS[k][1]} the {_PARTS[k - 1][0]}" for k in range(last, 0, -1)]
        verses.append("\n".join(lines) + ".\n")
    return "\n".join(verses)


@cache
def small_cell() -> SmallCell:
    """Train it: 600 steps of Adam on windows of 64 characters, forget bias 1, always from the same seed."""
    text = rhyme()
    symbols = "".join(sorted(set(text)))
    with one_thread(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layers = nn.LSTM(EMBEDDING, HIDDEN, batch_first=True)
        set_forget_bias(layers, 1.0)
        model = CharModel(layers, len(symbols), EMBEDDING, HIDDEN)
        cell = SmallCell(model, Recurrent(layers, None, "lstm", TORCH_CONVENTIONS["lstm"]), symbols, 0.0)
        ids = cell.encode(text)
        optimizer = torch.optim.Adam(model.parameters(), RATE)
        for _ in range(STEPS):
            starts = torch.randint(len(ids) - LENGTH, (ROWS, 1))
            optimizer.zero_grad()
            _loss(model, ids[starts + torch.arange(LENGTH + 1)]).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        with torch.no_grad():
            return cell._replace(nats=_loss(model.eval(), ids[None]).item())


def _loss(model: CharModel, ids: Int[Tensor, "B T"]) -> Tensor:
    """Nats per character for each but the first."""
    logits, _ = model(ids[:, :-1])
    return nn.functional.cross_entropy(logits.flatten(0, 1), ids[:, 1:].flatten())
