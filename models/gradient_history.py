"""The gradient norms that a run wrote down, read back without torch."""

from dataclasses import dataclass

from models.metrics_tail import MetricsTail
from models.run_directory import RunDirectory
from models.run_errors import RunError


class NoGradientsNoted(RunError):
    """The run has not written any down yet, or was trained by an older version."""


@dataclass(frozen=True)
class GradientHistory:
    """norms[layer][k] is the norm of the layer's gradient at steps[k]; None where it was no number."""

    steps: tuple[int, ...]
    norms: dict[str, tuple[float | None, ...]]


def gradient_history(run: RunDirectory) -> GradientHistory:
    """All of it, layers in the order of the net."""
    tail, lines = MetricsTail(run.metrics), []
    while True:
        lines += [line for line in tail.read_new() if line["kind"] == "gradients"]
        if tail.caught_up:
            break
    lines = [line for line in lines if isinstance(line.get("norms"), dict)]
    if not lines:
        thing = f"{run.id} has noted no gradients."
        raise NoGradientsNoted(thing, str(run.metrics), "let it take its first step, or train it again")
    layers = list(lines[0]["norms"])
    return GradientHistory(
        tuple(line["step"] for line in lines),
        {layer: tuple(line["norms"].get(layer) for line in lines) for layer in layers},
    )
