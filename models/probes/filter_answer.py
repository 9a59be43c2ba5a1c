"""The lab's answer about the first layer: its kernels, as they are after training."""

from typing import Any

from jaxtyping import Float
from torch import Tensor, nn

from models.probes.feature_answer import rounded
from models.run_errors import RunError
from models.trained_net import TrainedNet


class NoConvolution(RunError):
    """The net has no layer with kernels to draw."""


def filter_answer(trained: TrainedNet) -> dict[str, Any]:
    """Every kernel (C, kh, kw) of the first convolution, and the largest weight in size: the one scale of all."""
    name, weight = first_kernels(trained.task.model)
    return {
        "run": trained.run.id,
        "step": trained.step,
        "layer": name,
        "shape": list(weight.shape),
        "values": rounded(weight),
        "largest": rounded(weight.abs().max()),
    }


def first_kernels(net: nn.Module) -> tuple[str, Float[Tensor, "O C kh kw"]]:
    """The name and the weights of the first parameter with four axes: modules stand in the order of their making."""
    for name, parameter in net.named_parameters():
        if parameter.ndim == 4:
            return name.removesuffix(".weight"), parameter.detach()
    raise NoConvolution("The net has no convolution.", "ResNet", "check it: phase3-tutor check cnn/resnet")
