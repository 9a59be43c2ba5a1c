"""The map of the course: units, lessons and exercises with their states, projects, runs and criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.metric import metric_named
from models.presets import PRESETS
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.durations import ago
from tutor.drawing.printable import printable_line
from tutor.drawing.rows import ACCENT, BAD, FAINT, GOOD, STRONG, WARN, Row, fit, spread

if TYPE_CHECKING:
    from progress.evidence import RunEvidence
    from tutor.standing import ExerciseStanding, RunStanding, Standing, UnitStanding

# A row of the map and where it leads: "exercise:cnn/conv2d", "lesson:...", "train:cnn", "runs", "criteria".
Stop = tuple[Row, str | None]

_STYLES = {
    "passed": GOOD, "variant": GOOD, "fragile": WARN, "failed": BAD, "error": BAD, "timeout": BAD,
    "stale": WARN, "unverifiable": WARN, "missing": FAINT, "unchecked": "", "coming": FAINT,
}  # fmt: skip
_WORDS = {"missing": "to do", "unchecked": "to check", "timeout": "out of time", "stale": "changed"}
_NAME_WIDTH = 22  # two more than the longest name
_ROOMY = 70


@dataclass(frozen=True)
class LessonRow:
    """A lesson of the map: which exercise it leads to, and how many of its last questions are answered rightly."""

    id: str
    title: str
    leads_to: str | None = None
    right: int = 0
    questions: int = 0


def draw_map(
    standing: "Standing",
    lessons: Sequence[LessonRow],
    width: int,
    now: float,
    charset: Charset = UNICODE,
) -> list[Stop]:
    """The whole course in one list; a lesson stands before the exercise that it leads to."""
    stops: list[Stop] = []
    for unit in standing.units:
        stops += [*_unit(unit, lessons, standing, width, now, charset), ([], None)]
    stops += _runs(standing, width, charset)
    return [*stops, (_criteria(standing, width, charset), "criteria")]


def draw_map_heading(standing: "Standing", width: int, charset: Charset = UNICODE) -> Row:
    """The name, and how far each unit is."""
    counts: Row = []
    for unit in standing.units:
        done = unit.done == len(unit.exercises)
        counts += [
            (f"   {unit.title.split(' /')[0]} ", FAINT),
            (f"{unit.done}/{len(unit.exercises)}", GOOD if done else ""),
        ]
    return spread([("phase3-tutor", STRONG)], counts, width, charset.cut)


def draw_next_step(standing: "Standing", width: int, charset: Charset = UNICODE) -> Row:
    """What is next and why, in one row."""
    step = standing.next
    row: Row = [("Next  ", FAINT), (printable_line(step.what), f"{STRONG} {ACCENT}")]
    return fit([*row, (f"   {printable_line(step.why)}", "")], width, charset.cut)


def state_mark(state: str, charset: Charset = UNICODE) -> tuple[str, str]:
    """The sign of an exercise's state and its style; the word always stands beside it."""
    if state in ("passed", "variant"):
        mark = charset.passed
    elif state in ("failed", "error", "timeout"):
        mark = charset.failed
    elif state in ("fragile", "unverifiable"):
        mark = charset.warning
    else:
        mark = {"stale": charset.stale, "coming": charset.later}.get(state, charset.open)
    return mark, _STYLES.get(state, "")


def state_word(state: str) -> str:
    """The state as the learner reads it."""
    return _WORDS.get(state, state)


def _unit(
    unit: "UnitStanding",
    lessons: Sequence[LessonRow],
    standing: "Standing",
    width: int,
    now: float,
    charset: Charset,
) -> list[Stop]:
    head: Row = [(unit.title, STRONG), (f"   weeks {unit.weeks}", FAINT)]
    stops: list[Stop] = [(spread(head, [(f"{unit.done} of {len(unit.exercises)}", FAINT)], width, charset.cut), None)]
    built = [exercise for exercise in unit.exercises if exercise.state != "coming"]
    own = [lesson for lesson in lessons if lesson.id.startswith(f"{unit.id}/")]
    stops += _lessons([lesson for lesson in own if lesson.leads_to not in {each.id for each in built}], width, charset)
    for exercise in built:
        stops += _lessons([lesson for lesson in own if lesson.leads_to == exercise.id], width, charset)
        stops.append((_exercise(exercise, width, now, charset), f"exercise:{exercise.id}"))
    if unit.id in PRESETS:  # the others have their exercises first
        stops.append((_project(unit.id, standing, width, charset), f"train:{unit.id}"))
    coming = [exercise.name for exercise in unit.exercises if exercise.state == "coming"]
    if coming:
        words = f"  {charset.later} {len(coming)} in a later version: {', '.join(coming)}"
        stops.append((fit([(words, FAINT)], width, charset.cut), None))
    return stops


def _lessons(lessons: Sequence[LessonRow], width: int, charset: Charset) -> list[Stop]:
    """A row each: its title, and its questions."""
    stops: list[Stop] = []
    for lesson in lessons:
        done = lesson.questions > 0 and lesson.right == lesson.questions
        words = f"{charset.passed} questions" if done else f"{lesson.right} of {lesson.questions} questions"
        left: Row = [("  ", ""), (f"{charset.lesson} ", ACCENT), (printable_line(lesson.title), "")]
        right: Row = [(words, GOOD if done else FAINT)] if lesson.questions else []
        stops.append((spread(left, right, width, charset.cut), f"lesson:{lesson.id}"))
    return stops


def _exercise(exercise: "ExerciseStanding", width: int, now: float, charset: Charset) -> Row:
    """Mark, name, state in words with what was wrong, and when it was last checked."""
    mark, style = state_mark(exercise.state, charset)
    left: Row = [("  ", ""), (f"{mark} ", style), (f"{exercise.name:<{_NAME_WIDTH}}", "")]
    left += [(f"{state_word(exercise.state):<13}", style)]
    note = printable_line(exercise.note).removeprefix("changed ")  # the state says so already
    if exercise.state == "missing":
        waits_for = ", ".join(needed.split("/")[-1] for needed in exercise.waits_for)
        instead = f"after {waits_for}" if waits_for else printable_line(exercise.title)
        note = note.removeprefix("not begun, ") if exercise.given_up_at else instead
    left.append((note, FAINT))
    seconds = seconds_since(exercise.checked_at, now)
    right: Row = [(ago(seconds), FAINT)] if seconds is not None and exercise.state != "missing" else []
    return spread(left, right, width, charset.cut)


def _project(unit_id: str, standing: "Standing", width: int, charset: Charset) -> Row:
    """The unit's project: its best run that counts, or that it is still to be trained."""
    own = [
        run for run in standing.run_evidence if run.project == unit_id and run.is_evidence and run.metric is not None
    ]
    best = max(own, key=lambda run: metric_named(run.metric_name).rank(run.metric), default=None)
    state, words = "missing", "train the net of your modules"
    if best:
        state, remark = _worth(best, standing)
        words = f"best run {best.run_id}, held out {metric_named(best.metric_name).text(best.metric)}{remark}"
    size = _NAME_WIDTH if width >= _ROOMY else len("project  ")  # its words are long, and it has no state in between
    mark, style = state_mark(state, charset)
    row: Row = [("  ", ""), (f"{mark} ", style), (f"{'project':<{size}}", "")]
    return fit([*row, (printable_line(words), "" if best else FAINT)], width, charset.cut)


def _worth(run: "RunEvidence", standing: "Standing") -> tuple[str, str]:
    """Whether a run counts now: it must have reached its bar, and its modules must pass as they stand today."""
    passing = {exercise.id for exercise in standing.exercises if exercise.state in ("passed", "variant", "fragile")}
    metric = metric_named(run.metric_name)
    if run.bar is not None and not metric.passes(run.metric, run.bar):
        return "failed", f", short of the bar of {metric.text(run.bar)}"
    return ("passed", "") if passing.issuperset(run.fingerprints) else ("stale", ", of code that passed then")


def _runs(standing: "Standing", width: int, charset: Charset) -> list[Stop]:
    """One row for all runs: those that are training now, else the newest."""
    if not standing.runs:
        return []
    running = [run for run in standing.runs if run.status.state == "running"]
    words = _running(running) if running else f"{len(standing.runs)} so far, newest {_newest(standing.runs[0])}"
    row: Row = [("Runs      ", STRONG), (printable_line(words), ACCENT if running else "")]
    return [(fit(row, width, charset.cut), "runs")]


def _running(running: Sequence["RunStanding"]) -> str:
    words = f"{running[0].id} is training, {_share(running[0])}"
    return words if len(running) == 1 else f"{words}, and {len(running) - 1} more"


def _newest(run: "RunStanding") -> str:
    found = run.status.held_out
    return f"{run.id}: {run.status.state}" + (f", held out {run.metric.text(found)}" if found is not None else "")


def _share(run: "RunStanding") -> str:
    return f"{run.status.step * 100 // run.status.total_steps} %" if run.status.total_steps else "loading"


def _criteria(standing: "Standing", width: int, charset: Charset) -> Row:
    met = sum(criterion.met for criterion in standing.criteria)
    word, style = ("Phase 4 is open", GOOD) if standing.phase4.unlocked else ("Phase 4 is locked", FAINT)
    row: Row = [("Criteria  ", STRONG), (f"{met} of {len(standing.criteria)} met", "")]
    return fit([*row, (f"   {word}", style)], width, charset.cut)


def seconds_since(moment: str, now: float) -> float | None:
    """Seconds since an ISO 8601 moment; None where there is none."""
    try:
        return now - datetime.fromisoformat(moment).timestamp()
    except ValueError:
        return None
