"""What the completion criteria ask for, put together from the course and the projects' presets."""

from dataclasses import asdict

from lessons.catalog import curriculum, exercises_by_id
from models.metric import metric_of
from models.presets import PRESETS, part_ids
from progress.needs import Bar, CourseNeeds, Need, ProjectNeed

# Predictions that criterion 2 asks for, one an ablation.
PREDICTIONS = ("skip", "normalisation", "heads", "gates")
PROJECTS = ("cnn", "rnn", "transformer")
QUICK = "quick"


def course_needs() -> CourseNeeds:
    """Everything the five criteria ask for. What this version does not have yet is asked for all the same."""
    units = [unit.id for unit in curriculum().units]
    return CourseNeeds(
        exercises=tuple(_exercise(exercise_id) for exercise_id in curriculum().exercise_ids),
        paper_capstones=(_later("capstone/from_paper"),),
        questions=tuple(_later(f"quiz/{unit}") for unit in units),
        predictions=tuple(_later(f"predict/{name}") for name in PREDICTIONS),
        adaptations=(_later("capstone/adaptation"),),
        drills=(_later("drill/papers"),),
        projects=tuple(_project(project) for project in PROJECTS),
        report=_later("report"),
    )


def _exercise(exercise_id: str) -> Need:
    do, anew = (f"phase3-tutor {verb} {exercise_id}" for verb in ("check", "reset"))
    return Need(exercise_id, do, anew, available=exercise_id in exercises_by_id())


def _project(project: str) -> ProjectNeed:
    """The quick preset is what unlocking asks for; the longer ones are compared with the paper, and never block."""
    do = f"phase3-tutor train {project} --preset {QUICK}"
    if project not in PRESETS:
        return ProjectNeed(project_id(project), do, available=False)
    quick = PRESETS[project][QUICK]
    metric = metric_of(asdict(quick))
    bars = {QUICK: Bar(metric.name, quick.bar, metric.higher_is_better)}
    pictures = (_later(f"pictures/{project}"),)
    return ProjectNeed(project_id(project), do, bars, part_ids(project), pictures)


def project_id(project: str) -> str:
    """What criteria and `check` call a project, whose runs and presets know it by its bare name."""
    return f"project/{project}"


def _later(need_id: str) -> Need:
    return Need(need_id, "comes in a later version", available=False)
