"""How abstract each layer is, measured: how well a straight cut through its features tells the classes apart."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

_BATCH = 500
_ROUNDS = 1000  # of the solver; pooled features of a few hundred columns need a tenth of it


@dataclass(frozen=True)
class Depth:
    """One place in the net."""

    name: str
    features: int
    probe_accuracy: float  # of a linear classifier on the pooled features, on images it has not seen
    separation: float  # tr(S_B) / tr(S_W) of the pooled features, on the same images


def pooled_features(
    net: nn.Module, images: Float[Tensor, "N C H W"], names: Sequence[str]
) -> dict[str, Float[Tensor, "N F"]]:
    """The mean over all positions of what each named module puts out, image by image, and of the image itself.

    In evaluation mode; the net is left as it was found. Shapes: (N, C, H, W) -> (N, C); "image" -> (N, C).
    """
    modes = {module: module.training for module in net.modules()}
    pieces: dict[str, list[Tensor]] = {"image": [], **{name: [] for name in names}}
    try:
        with torch.no_grad(), _pooling(net, names, pieces):
            net.eval()
            for batch in images.split(_BATCH):
                pieces["image"].append(batch.mean((2, 3)).float())  # (b, C)
                net(batch)
    finally:
        for module, training in modes.items():
            module.training = training
    return {name: torch.cat(parts) for name, parts in pieces.items() if parts}


def separation(features: Float[Tensor, "N F"], labels: Int[Tensor, " N"]) -> float:
    """How far the classes lie apart, against how far each is spread.

        S_B = sum over k of n_k (m_k - m)(m_k - m)^T        S_W = sum over k, x in k of (x - m_k)(x - m_k)^T
        separation = tr(S_B) / tr(S_W)

    Symbols: m the mean of all, m_k of class k, n_k its size. Fisher 1936; Bishop 2006, section 4.1.6.
    """
    features = features.double()
    mean = features.mean(0)  # (F,)
    between = within = 0.0
    for label in labels.unique():
        own = features[labels == label]  # (n, F)
        centre = own.mean(0)  # (F,)
        between += len(own) * float((centre - mean).square().sum())
        within += float((own - centre).square().sum())
    return between / within if within > 0.0 else float("inf")


def probe_accuracy(
    train: Float[Tensor, "N F"],
    train_labels: Int[Tensor, " N"],
    held_out: Float[Tensor, "M F"],
    held_out_labels: Int[Tensor, " M"],
) -> float:
    """A multinomial logistic regression, fitted on the training features and scored on the others.

    Features are shifted and scaled to mean 0 and deviation 1 by the training ones. Alain and Bengio 2016
    (arXiv 1610.01644): a linear probe reads what is there, and cannot compute what is not.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    probe = make_pipeline(StandardScaler(), LogisticRegression(max_iter=_ROUNDS))
    probe.fit(_array(train), _array(train_labels))
    return float(probe.score(_array(held_out), _array(held_out_labels)))


def _array(values: Tensor) -> np.ndarray:
    return values.cpu().numpy()


@contextmanager
def _pooling(net: nn.Module, names: Sequence[str], pieces: dict[str, list[Tensor]]) -> Iterator[None]:
    modules, hooks = dict(net.named_modules()), []
    for name in names:

        def keep(_module: nn.Module, _inputs: tuple[Tensor, ...], y: Tensor, name: str = name) -> None:
            pieces[name].append(y.detach().mean((2, 3)).float())  # (b, C)

        hooks.append(modules[name].register_forward_hook(keep))
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
