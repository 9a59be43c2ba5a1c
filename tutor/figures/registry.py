"""Which figures there are; each is imported when its lesson is opened."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from lessons.catalog import exercises_by_id
from tutor.figures.figure import Figure
from tutor.figures.memory_runs import memory_runs
from tutor.figures.newest_run import newest_lstm_run
from tutor.workspace import Workspace

# name in curriculum.toml, of its file in tutor/figures too -> its class
_CLASSES = {
    "kernel_walk": "KernelWalkFigure",
    "pooling": "PoolingFigure",
    "receptive_field": "ReceptiveFieldFigure",
    "stack_against_one": "StackAgainstOneFigure",
    "activation_histograms": "ActivationHistogramsFigure",
    "gradient_by_depth": "GradientByDepthFigure",
    "block_diagram": "BlockDiagramFigure",
    "three_cells": "ThreeCellsFigure",
    "lstm_cell": "LstmCellFigure",
    "two_strips": "TwoStripsFigure",
    "unrolling": "UnrollingFigure",
    "jacobian_chain": "JacobianChainFigure",
    "gradient_through_time": "GradientThroughTimeFigure",
    "norm_axes": "NormAxesFigure",
    "four_steps": "FourStepsFigure",
    "scale_slider": "ScaleSliderFigure",
    "position_waves": "PositionWavesFigure",
    "without_feed_forward": "WithoutFeedForwardFigure",
    "cost_curves": "CostCurvesFigure",
    "transformer_diagram": "TransformerDiagramFigure",
    "two_tasks": "TwoTasksFigure",
}
_OF_THE_LEARNER = {"block_diagram": "cnn/basic_block"}  # drawn of the learner's own code: which exercise's
_OF_THE_WORKSPACE = (
    "cost_curves",
    "transformer_diagram",
)  # of several of the learner's modules: it finds them in their folder
_OF_A_RUN = ("lstm_cell", "two_strips")  # drawn of the newest LSTM that the learner has trained, where there is one


def figure_names() -> tuple[str, ...]:
    """Every figure that a lesson may name."""
    return tuple(_CLASSES)


def figure_of(name: str | None, workspace: Path | None = None) -> Figure | None:
    """The figure of this name, ready to be played with; None where a lesson has none."""
    if name is None:
        return None
    figure: Callable[..., Figure] = getattr(import_module(f"tutor.figures.{name}"), _CLASSES[name])
    if name in _OF_A_RUN:
        return figure(newest_lstm_run(Workspace(workspace).runs) if workspace else None)
    if name == "three_cells":
        return figure(memory_runs(Workspace(workspace).runs) if workspace else ())
    if name in _OF_THE_WORKSPACE:
        return figure(str(workspace) if workspace else None)
    if name not in _OF_THE_LEARNER:
        return figure()
    exercise = exercises_by_id()[_OF_THE_LEARNER[name]]
    return figure(str(workspace) if workspace else None, exercise.file, exercise.symbol)
