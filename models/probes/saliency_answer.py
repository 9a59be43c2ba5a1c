"""The lab's answer about important time steps: how much each character before says about the next one."""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor

from models.char_model import CharModel
from models.probes.passage import character_task, ids_of, passage, rounded
from models.trained_net import TrainedNet

CHARACTERS = 120
GUESSES = 5


def saliency(model: CharModel, ids: Int[Tensor, " T"], target: int) -> tuple[Float[Tensor, " T"], Float[Tensor, " V"]]:
    """gradient x input of ln p(target | all of the text) for each character of it; and ln p of every symbol.

        s_t = sum_d  d ln p / d x_t[d]  x_t[d],    x_t the embedding of character t

    To first order, what ln p would lose if x_t were taken away. Positive: it speaks for the target.
    Denil et al. 2015 (1412.6815), section 4; Shrikumar et al. 2017 (1704.02685), section 2, on what it is not.
    """
    model.eval()
    x = model.embedding(ids).detach().requires_grad_()  # (T, D)
    with torch.enable_grad():
        out, _ = model.layers(x[None], None)
        log_p = model.head(out[0, -1]).log_softmax(-1)  # (V,)
        (gradient,) = torch.autograd.grad(log_p[target], x)
    return (gradient * x).sum(-1).detach(), log_p.detach()


def saliency_answer(trained: TrainedNet, question: dict[str, Any]) -> dict[str, Any]:
    """For the character that really follows, where the text is the held-out one; else for the likeliest."""
    task = character_task(trained, "saliency")
    text = passage(task, question.get("text"), CHARACTERS + 1)
    asked = bool(question.get("text"))
    before = text if asked else text[:-1]
    ids = ids_of(task, before)
    with torch.no_grad():
        logits, _ = task.net.eval()(ids[None])
    likeliest = logits[0, -1].softmax(-1).topk(min(GUESSES, logits.shape[-1]))
    target = int(likeliest.indices[0]) if asked else int(ids_of(task, text[-1])[0])
    values, log_p = saliency(task.net, ids, target)
    return {
        "run": trained.run.id,
        "step": trained.step,
        "text": before,
        "target": task.dataset.symbols[target],
        "probability": round(float(log_p[target].exp()), 4),
        "guesses": [
            {"symbol": task.dataset.symbols[place], "probability": round(chance, 4)}
            for chance, place in zip(likeliest.values.tolist(), likeliest.indices.tolist(), strict=True)
        ],
        "values": rounded(values),
    }
