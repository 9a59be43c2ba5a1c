"""Reads the runs that are to be compared, to the end of their curves."""

from collections.abc import Mapping, Sequence

from models.metrics import RunCurves
from models.runs import RunDirectory
from models.series import Series


def curves_of(runs: Sequence[RunDirectory]) -> Mapping[str, Mapping[str, Series]]:
    """Every curve of every run, by the run's id."""
    return {run.id: _read(run) for run in runs}


def _read(run: RunDirectory) -> Mapping[str, Series]:
    curves = RunCurves(run.metrics)
    curves.poll()
    while not curves.caught_up:
        curves.poll()
    return curves.series
