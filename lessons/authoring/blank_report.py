"""The linter's report on one exercise as it is before anything was run."""

from typing import Any

from lessons.authoring.shape import shape_of
from lessons.catalog import Exercise

NOT_RUN = "not run"
LATER = "Nothing of it was run yet: the rest is told when this is done."


def blank_report(exercise: Exercise) -> tuple[dict[str, Any], bool]:
    """With what its shape tells, and whether it can be run at all."""
    shape = shape_of(exercise)
    report = {
        "id": exercise.id, "stub": NOT_RUN, "reference": NOT_RUN, "oracle": None, "mistakes": [], "variants": [],
        "cases": [], "alone": [], "spare": [], "seconds": 0.0, "problems": [*shape.problems],
        "notes": [LATER] if shape.blocked else [],
    }  # fmt: skip
    return report, not shape.blocked
