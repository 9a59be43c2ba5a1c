"""What the lines of the course may point at: every id that this version has, and those that are still to come."""

from collections.abc import Mapping, Sequence

from lessons.catalog import curriculum
from lessons.course_lines import course_lines
from lessons.course_map import Placed, map_rows, placed_lines, problems
from models.ablations import ABLATIONS
from models.presets import PRESETS
from progress.criteria import Seen, judge_criteria
from progress.needs import CourseNeeds
from tutor.course_needs import course_needs
from tutor.pictures.registry import picture_kinds

# How a learner gets there, by kind; {} is the id.
COMMANDS = {
    "lessons": "lesson {}",
    "exercises": "check {}",
    "projects": "train {}",
    "ablations": "train cnn --ablate {}",
    "pictures": "show {} last",
    "criteria": "check criteria",
}


def placed_course() -> tuple[Placed, ...]:
    """Every line of the course with what meets it."""
    return placed_lines(course_lines(), map_rows())


def course_map_problems() -> list[str]:
    """What course_map.toml leaves out, and what it names that is not there."""
    return problems(course_lines(), map_rows(), known_ids(), weeks_to_come())


def weeks_to_come() -> tuple[str, ...]:
    """The weeks of the units that have no lesson yet."""
    return tuple(unit.weeks for unit in curriculum().units if not unit.lessons)


def known_ids() -> Mapping[str, Sequence[str]]:
    """The ids that there are, by kind; under "later" those that the course asks for and this version lacks."""
    needs, units = course_needs(), curriculum()
    return {
        "lessons": [lesson.id for lesson in units.lessons],
        "exercises": [exercise.id for exercise in units.exercises],
        "projects": list(PRESETS),
        "ablations": [name for names in ABLATIONS.values() for name in names],
        "pictures": list(picture_kinds()),
        "criteria": [criterion.id for criterion in judge_criteria(needs, Seen())],
        "later": _to_come(needs),
    }


def _to_come(needs: CourseNeeds) -> list[str]:
    single = (*needs.paper_capstones, *needs.questions, *needs.predictions, *needs.adaptations, *needs.drills)
    projects = [project.id for project in needs.projects if not project.available]
    return [need.id for need in (*single, needs.report) if not need.available] + projects
