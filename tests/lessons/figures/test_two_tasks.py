import math
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from lessons.figures.two_tasks import COUNT, LEANS, MEAN, SHARPNESS, WIDTH, TwoTasks, query_map
from models.attention import attention
from models.multi_head_attention import MultiHeadAttention

ROOT = Path(__file__).resolve().parents[3]


def tensor(numbers: object) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def layer(state: TwoTasks, scores: list[tuple[float, float]]) -> tuple[torch.Tensor, torch.Tensor]:
    """The paper's layer with a head for each (score of the token before, score of the partner): output and weights."""
    heads, d_k = len(scores), WIDTH // len(scores)
    q, k, v = (torch.zeros(WIDTH, WIDTH, dtype=torch.float64) for _ in range(3))
    for i, pair in enumerate(scores):
        columns = [c for c in range(2 * COUNT) if heads == 1 or (c >= COUNT) == (pair[0] > 0)]
        for to, column in enumerate(columns, i * d_k):
            q[:, to] = math.sqrt(d_k) * tensor(query_map(*pair))[:, column]
            k[column, to] = 1
        v[2 * COUNT, i * d_k] = 1
    module = MultiHeadAttention(WIDTH, heads, attention).double()
    eye = torch.eye(WIDTH, dtype=torch.float64)
    module.load_state_dict({"w_q.weight": q.T, "w_k.weight": k.T, "w_v.weight": v.T, "w_o.weight": eye})
    x = tensor(state.x)[None]
    out, weights = module(x, x, x)
    return out[0, state.token, ::d_k].detach(), weights[0, :, state.token].detach()


@pytest.mark.parametrize("token", range(1, COUNT))
def test_the_heads_are_those_of_the_papers_layer(token: int):
    for lean in (LEANS[0], 0, 1):
        state = TwoTasks(token, lean)
        out, weights = layer(state, [(SHARPNESS + lean / 4, SHARPNESS - lean / 4)])
        torch.testing.assert_close(weights[0], tensor(state.one_head.weights))
        assert float(out[0]) == pytest.approx(state.one_head.brought)
    out, weights = layer(TwoTasks(token), [(SHARPNESS, 0.0), (0.0, SHARPNESS)])
    for i, head in enumerate(TwoTasks(token).two_heads):
        torch.testing.assert_close(weights[i], tensor(head.weights))
        assert float(out[i]) == pytest.approx(head.brought)


@pytest.mark.parametrize("lean", [-3, 0, 2])
def test_what_is_missed_is_what_least_squares_leaves(lean: int):
    state = TwoTasks(4, lean)
    values = torch.randint(10, (200_000, COUNT), generator=torch.Generator().manual_seed(0)).double()
    for head in (state.one_head, *state.two_heads):
        brought = values @ tensor(head.weights)
        inputs = torch.stack([brought, torch.ones_like(brought)], dim=1)
        for target in state.targets:
            wanted = values[:, target]
            best = torch.linalg.lstsq(inputs, wanted[:, None]).solution[:, 0]
            left = float((inputs @ best - wanted).var() / wanted.var())
            assert left == pytest.approx(head.missing(target), abs=0.01)
            at = tensor([head.brought, 1.0])
            assert float(best @ at) == pytest.approx(head.read(target), abs=0.1)
    assert float(values.mean()) == pytest.approx(MEAN, abs=0.02)


@pytest.mark.parametrize("token", range(1, COUNT))
def test_one_head_misses_as_much_as_one_task_and_two_heads_nothing(token: int):
    state = TwoTasks(token)
    assert [sum(pair) for pair in state.trade_off] == pytest.approx([1] * len(LEANS), abs=1e-6)
    assert all(sum(pair) >= 1 - 1e-12 for pair in state.trade_off)
    assert all(head.missing(target) < 1e-6 for head, target in zip(state.two_heads, state.targets, strict=True))
    before, partner = state.targets
    assert before != partner


def test_the_parameters_are_those_of_the_layer_for_every_number_of_heads():
    for heads in (1, 2, 7, 14):
        module = MultiHeadAttention(WIDTH, heads, attention)
        assert sum(weight.numel() for weight in module.parameters()) == TwoTasks().parameters


def test_a_token_without_one_before_is_refused():
    with pytest.raises(ValueError, match="tokens 1 to 5"):
        TwoTasks(token=0)
    with pytest.raises(ValueError, match="leans are -6 to 6"):
        TwoTasks(lean=7)


def test_the_figure_is_computed_without_loading_torch():
    code = "import sys, lessons.figures.two_tasks as f; f.TwoTasks().trade_off; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
