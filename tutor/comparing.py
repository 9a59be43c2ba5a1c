"""Reads what is to be compared: the curves of runs to their end, and what was predicted of each ablated arm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.ablation_arms import plain_arm_of
from models.comparison import Arm, difference
from models.metrics import RunCurves
from models.prediction import Outcome, judge_prediction
from models.runs import RunDirectory, SealedPrediction
from models.series import Series
from progress.evidence import EvidenceStore, Predicted
from tutor.drawing.charset import Charset
from tutor.drawing.comparison import draw_comparison
from tutor.drawing.prediction import draw_outcome
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import WARN, Row, wrap
from tutor.predicting import as_in_config, prediction_in, subject_of
from tutor.workspace import Workspace

CURVE_HEIGHT = 12


@dataclass(frozen=True)
class PredictedArm:
    """An ablated arm, what was sealed of it, and what came."""

    arm: Arm
    sealed: SealedPrediction
    outcome: Outcome
    plain: Arm | None  # None: the runs without the ablation are not among those compared


def curves_of(runs: Sequence[RunDirectory]) -> Mapping[str, Mapping[str, Series]]:
    """Every curve of every run, by the run's id."""
    return {run.id: _read(run) for run in runs}


def _read(run: RunDirectory) -> Mapping[str, Series]:
    curves = RunCurves(run.metrics)
    curves.poll()
    while not curves.caught_up:
        curves.poll()
    return curves.series


def predicted_arms(workspace: Workspace, arms: Sequence[Arm]) -> tuple[list[PredictedArm], list[str]]:
    """The arms of which something was sealed, and a sentence for each seal that does not hold."""
    store = EvidenceStore(workspace.record_folder)
    rows = store.predictions()
    known = {as_in_config(row) for row in rows}
    runs = [each for arm in arms for each in arm.runs if each.config.prediction]
    odd = [each.run.id for each in runs if each.config.prediction not in known]
    # The run that it was sealed for says something else: one of the two was changed, and nobody can tell which.
    rows = [row for row in rows if row.run_id not in odd]
    found = [_predicted(arm, arms, row) for arm in arms if (row := _sealed_of(arm, rows)) is not None]
    words = "names a prediction that the record does not hold as it was sealed: it is left out."
    return found, [*store.notices, *(f"{run_id} {words}" for run_id in odd)]


def draw_compared(
    workspace: Workspace, runs: Sequence[RunDirectory], width: int, charset: Charset, arms: Sequence[Arm]
) -> list[Row]:
    """The curves over each other, the arms' numbers, and below them what was predicted and what came of it."""
    rows = draw_comparison(arms, curves_of(runs), width, CURVE_HEIGHT, charset)
    found, sentences = predicted_arms(workspace, arms)
    for each in found:
        label = " and ".join(each.arm.runs[0].config.ablations)
        seeds = (len(each.plain.results) if each.plain else 0, len(each.arm.results))
        rows += [[], *draw_outcome(label, each.sealed, each.outcome, seeds, each.plain is not None, width)]
    for sentence in sentences:
        rows += wrap(printable_line(sentence), width, WARN)
    return rows


def outcome_facts(predicted: PredictedArm) -> dict[str, Any]:
    """What was predicted, what came and what the interval says of it, for `--json`; sizes in points."""
    outcome, sealed = predicted.outcome, predicted.sealed
    apart, band = outcome.difference, outcome.prediction.band
    return {
        "words": sealed.words,
        "sealed_at": sealed.sealed_at,
        "blind": sealed.is_blind,
        "band": list(band),
        "difference": apart.value * 100 if apart else None,
        "interval": [end * 100 for end in apart.interval] if apart and apart.interval else None,
        "direction": outcome.direction,
        "size": outcome.size,
        "within_band": outcome.is_within,
    }


def _predicted(arm: Arm, arms: Sequence[Arm], row: Predicted) -> PredictedArm:
    plain, sealed = plain_arm_of(arm, arms), as_in_config(row)
    known = plain is not None and plain.results and arm.results
    apart = difference(plain.results, arm.results) if plain is not None and known else None
    return PredictedArm(arm, sealed, judge_prediction(prediction_in(row), apart), plain)


def _sealed_of(arm: Arm, rows: Sequence[Predicted]) -> Predicted | None:
    """The first that was sealed of this arm: a later one had more to go by."""
    config = arm.runs[0].config
    experiment = subject_of(config).experiment
    return next((row for row in rows if config.ablations and row.experiment == experiment), None)
