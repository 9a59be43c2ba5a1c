import pytest
import torch
from torch import Tensor, nn

from models.batchnorm import BatchNorm2d

STATE = ("weight", "bias", "running_mean", "running_var")


def batch(*shape: int, seed: int = 0) -> Tensor:
    x = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    spread = torch.tensor([1e-3, 5.0, 0.7], dtype=torch.float64)[:, None, None]
    return spread * x + torch.tensor([4.0, -2.0, 0.1], dtype=torch.float64)[:, None, None]


@pytest.fixture(params=[{}, {"eps": 0.3, "momentum": 0.7}], ids=["defaults", "own eps and momentum"])
def pair(request: pytest.FixtureRequest) -> tuple[BatchNorm2d, nn.BatchNorm2d]:
    """Our layer and torch's with the same random state."""
    ours, theirs = BatchNorm2d(3, **request.param).double(), nn.BatchNorm2d(3, **request.param).double()
    generator = torch.Generator().manual_seed(3)
    for name in STATE:
        value = torch.randn(3, generator=generator, dtype=torch.float64)
        value = value.square() + 0.2 if name == "running_var" else value
        for layer in (ours, theirs):
            getattr(layer, name).data.copy_(value)
    return ours, theirs


def same_outputs_and_gradients(ours: nn.Module, theirs: nn.Module, x: Tensor) -> None:
    results = []
    for layer in (ours, theirs):
        leaf = x.clone().requires_grad_()
        y = layer(leaf)
        upstream = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).reshape(y.shape)
        results.append((y, *torch.autograd.grad(y, (leaf, *layer.parameters()), upstream)))
    for mine, other in zip(*results, strict=True):
        torch.testing.assert_close(mine, other, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("shape", [(4, 3, 2, 5), (1, 3, 6, 2), (2, 3, 1, 1)])
def test_training_and_evaluation_are_those_of_torchs_layer(pair, shape: tuple[int, ...]):
    ours, theirs = pair
    for seed in range(3):
        same_outputs_and_gradients(ours, theirs, batch(*shape, seed=seed))
        for name in STATE:
            torch.testing.assert_close(getattr(ours, name), getattr(theirs, name), rtol=1e-10, atol=1e-12)
    ours.eval()
    theirs.eval()
    same_outputs_and_gradients(ours, theirs, batch(*shape, seed=9) + 3)
    torch.testing.assert_close(ours.running_var, theirs.running_var)


@pytest.mark.parametrize("training", [True, False])
def test_gradcheck_holds(training: bool):
    layer = BatchNorm2d(3, eps=0.1).double().train(training)
    x = torch.randn(3, 3, 2, 2, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda x, w, b: torch.func.functional_call(layer, {"weight": w, "bias": b}, x),
                                    (x, layer.weight, layer.bias))  # fmt: skip


def test_a_trained_batch_has_mean_zero_and_variance_one_whatever_its_scale_and_place():
    layer = BatchNorm2d(3, eps=0.0).double()
    y, moved = layer(batch(5, 3, 4, 2)), layer(7.0 * batch(5, 3, 4, 2) - 30.0)
    torch.testing.assert_close(y.mean(dim=(0, 2, 3)), torch.zeros(3, dtype=torch.float64))
    torch.testing.assert_close(y.var(dim=(0, 2, 3), correction=0), torch.ones(3, dtype=torch.float64))
    torch.testing.assert_close(moved, y)


def test_running_var_is_moved_towards_the_unbiased_variance():
    layer, x = BatchNorm2d(3, momentum=0.25).double(), batch(2, 3, 3, 1)
    layer(x)
    torch.testing.assert_close(layer.running_var, 0.75 + 0.25 * x.var(dim=(0, 2, 3), correction=1))


def test_the_state_is_torchs_without_the_counter_and_carries_no_graph():
    ours, theirs = BatchNorm2d(3), nn.BatchNorm2d(3)
    assert set(ours.state_dict()) == set(theirs.state_dict()) - {"num_batches_tracked"}
    ours(torch.randn(2, 3, 4, 4, requires_grad=True))
    assert not ours.running_mean.requires_grad
    assert not ours.running_var.requires_grad


def test_channels_last_and_meta_tensors_pass():
    layer = BatchNorm2d(3)
    x = torch.randn(2, 3, 4, 5)
    last = x.to(memory_format=torch.channels_last)
    torch.testing.assert_close(layer(last), layer(x))
    assert BatchNorm2d(3).to("meta")(x.to("meta")).is_meta
