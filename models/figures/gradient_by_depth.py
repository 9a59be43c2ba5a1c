"""How large the gradient is at each layer of a deep net, plain and residual, with and without batch normalisation."""

from typing import Any

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from models.blocks import BasicBlock
from models.figures.digit_batches import DigitBatches
from models.figures.settings import SEEDS, chosen_settings
from models.figures.threads import one_thread
from models.initialisation import initialise
from models.resnet import ResNet

BATCH = 16
GAINS = {"2/fan": 1.0, "1/fan": 0.5**0.5}  # the variance of a weight; He's rule is 2 / fan_in
SETTINGS = {"depth": (20, 8, 32, 56), "variance": tuple(GAINS), "seed": SEEDS}


class PlainBlock(BasicBlock):
    """The same two layers without what is added to them: y = ReLU(F(x))."""

    def _shortcut(self, x: Tensor) -> Tensor:
        return x.new_zeros(())


ARMS: dict[str, tuple[type[BasicBlock], type[nn.Module]]] = {
    "plain": (PlainBlock, nn.Identity),
    "plain, BN": (PlainBlock, nn.BatchNorm2d),
    "residual": (BasicBlock, nn.Identity),
    "residual, BN": (BasicBlock, nn.BatchNorm2d),
}


@one_thread()
def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Gradient norms of one backward pass on real digits for each arm, at the start of training.

    Asked: depth (6 n + 2 layers), variance of the weights, seed of weights and images. An arm has its loss, `weights`
    (|dL/dW| of each convolution, from the first) and `stream` (|dL/dx| after the stem and after each block). A norm
    that is no number is None.
    """
    settings = chosen_settings(question, SETTINGS)
    images, labels = DigitBatches(settings["seed"]).training(BATCH)
    arms = {name: gradient_norms(built(name, **settings), images, labels) for name in ARMS}
    return {"settings": settings, "images": BATCH, "arms": arms}


def built(arm: str, depth: int, variance: str, seed: int) -> ResNet:
    """The net of one arm: the same seed gives all four the same kernels."""
    block, norm = ARMS[arm]
    net = ResNet(((depth - 2) // 6,) * 3, in_channels=1, block=block, norm=norm)
    initialise(net, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        for kernel in _kernels(net):
            kernel.mul_(GAINS[variance])
    return net


def gradient_norms(net: ResNet, images: Float[Tensor, "B 1 H W"], labels: Int[Tensor, " B"]) -> dict[str, Any]:
    """One backward pass: the 2-norms of dL/dW at each convolution and of dL/dx between the blocks."""
    stream: list[Tensor] = []

    def keep(_module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        stream.extend((*inputs, output) if not stream else (output,))

    hooks = [block.register_forward_hook(keep) for stage in net.stages for block in stage]  # type: ignore[union-attr]
    loss = nn.functional.cross_entropy(net.train()(images), labels)
    for hook in hooks:
        hook.remove()
    kernels = _kernels(net)
    gradients = torch.autograd.grad(loss, (*kernels, *stream))
    norms = [significant(gradient.norm().item()) for gradient in gradients]
    return {"loss": significant(loss.item()), "weights": norms[: len(kernels)], "stream": norms[len(kernels) :]}


def significant(value: float) -> float | None:
    """Four significant digits; None for what is no finite number."""
    return float(f"{value:.4g}") if value - value == 0.0 else None


def _kernels(net: nn.Module) -> list[Tensor]:
    return [module.weight for module in net.modules() if isinstance(module, nn.Conv2d)]
