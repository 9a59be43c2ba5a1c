"""Where the learner stands: the course, the record, the present code and the runs, joined into plain data.

Reads recorded verdicts and compares fingerprints; runs nothing, so `status` and the map are quick. Only `check` runs.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, get_args

from lessons.catalog import Exercise, Unit, curriculum
from lessons.fingerprint import is_untouched
from models.metric import ACCURACY, Metric, metric_of
from models.presets import PRESETS, part_ids
from models.runs import RunDirectory, RunError, RunStatus, list_runs
from progress.criteria import Criterion, Phase4, judge_criteria, phase4
from progress.evidence import EvidenceStore, ExerciseEvidence, GivenUp, RunEvidence
from progress.needs import Seen
from tutor.course_needs import QUICK, course_needs, project_id
from tutor.recording import fingerprint_of
from tutor.workspace import Workspace

State = Literal[
    "passed", "variant", "fragile", "failed", "error", "timeout", "missing", "unverifiable",
    "stale", "unchecked", "coming",
]  # fmt: skip
GIVEN_UP = "given up: its solution was shown"
SOLVED_ANEW = "given up, then solved anew"
# What to look at first in a project's net: a step of the course, and a kind of picture.
_PICTURES = {
    "cnn": ("See your net's feature maps", "features"),
    "rnn": ("See your cell's gates", "gates"),
    "transformer": ("See where every head looks", "attention"),
}
DONE: tuple[State, ...] = ("passed", "variant", "fragile")


@dataclass(frozen=True)
class ExerciseStanding:
    id: str
    title: str
    state: State
    note: str
    checked_at: str
    mistake: str | None = None
    waits_for: tuple[str, ...] = ()  # exercises that it builds on and that are not done yet
    given_up_at: str = ""  # when its solution was shown before it had passed
    solved_anew_at: str = ""  # when it passed afterwards in such a way that it counts again

    @property
    def name(self) -> str:
        return self.id.split("/")[1]


@dataclass(frozen=True)
class UnitStanding:
    id: str
    title: str
    weeks: str
    goal: str
    exercises: tuple[ExerciseStanding, ...]

    @property
    def done(self) -> int:
        return sum(exercise.state in DONE for exercise in self.exercises)


@dataclass(frozen=True)
class NextStep:
    what: str
    why: str
    command: str
    exercise_id: str | None = None


@dataclass(frozen=True)
class RunStanding:
    id: str
    status: RunStatus
    preset: str
    is_evidence: bool
    project: str = "cnn"
    metric: Metric = ACCURACY


@dataclass(frozen=True)
class Standing:
    workspace: Workspace
    workspace_id: str
    units: tuple[UnitStanding, ...]
    next: NextStep
    criteria: tuple[Criterion, ...]
    phase4: Phase4
    runs: tuple[RunStanding, ...]
    run_evidence: tuple[RunEvidence, ...]
    notices: tuple[str, ...]

    @property
    def exercises(self) -> tuple[ExerciseStanding, ...]:
        return tuple(exercise for unit in self.units for exercise in unit.exercises)


def standing_of(workspace: Workspace) -> Standing:
    """Read everything once. Nothing is written, so it works on a read-only folder too."""
    store = EvidenceStore(workspace.record_folder)
    verdicts = store.verdicts()
    built = curriculum().exercises
    fingerprints = {exercise.id: fingerprint_of(workspace, exercise.id) for exercise in built}
    units = tuple(_unit(workspace, unit, verdicts, fingerprints) for unit in curriculum().units)
    given_up = store.given_up()
    units = _with_given_up(units, given_up)
    runs = tuple(run for run in map(_run, list_runs(workspace.runs)) if run)
    recorded = tuple(store.runs())
    seen = Seen(
        verdicts=verdicts,
        fingerprints=fingerprints,
        content_versions={exercise.id: curriculum().content_version for exercise in built},
        runs=tuple(replace(run, project=project_id(run.project)) for run in recorded),
        run_problems={run.run_id: problem for run in recorded if (problem := _problem_of(workspace, run))},
        workspace_id=store.known_workspace_id(),
        given_up=given_up,
    )
    criteria = tuple(judge_criteria(course_needs(), seen))
    return Standing(
        workspace=workspace,
        workspace_id=seen.workspace_id,
        units=units,
        next=_next_step(units, runs, recorded),
        criteria=criteria,
        phase4=phase4(criteria),
        runs=runs,
        run_evidence=recorded,
        notices=tuple(store.notices),
    )


def unchecked_parts(workspace: Workspace, project: str, *settings: Mapping[str, Any]) -> tuple[Exercise, ...]:
    """Parts that were written or changed since their last check: to be checked before a run.

    Those of the nets that the settings describe; without settings those of the project's own.
    """
    parts = {part for each in settings or (None,) for part in part_ids(project, each)}
    states = {exercise.id: exercise.state for exercise in standing_of(workspace).exercises}
    return tuple(
        exercise
        for exercise in curriculum().exercises
        if exercise.id in parts and states[exercise.id] in ("stale", "unchecked")
    )


def _problem_of(workspace: Workspace, run: RunEvidence) -> str:
    """Why a recorded run cannot count now; "" where nothing stands against it. Only `check` verifies."""
    if not _there(workspace, run):
        return f"{run.run_id} is gone"
    return "" if run.checked_at else f"it is trained, not verified: phase3-tutor check {project_id(run.project)}"


def _there(workspace: Workspace, run: RunEvidence) -> bool:
    return (workspace.runs / run.run_id / "config.json").is_file()


def _unit(
    workspace: Workspace, unit: Unit, verdicts: dict[str, ExerciseEvidence], fingerprints: dict[str, str]
) -> UnitStanding:
    built = {exercise.id: exercise for exercise in unit.exercises}
    states: dict[str, State] = {
        exercise_id: _state(workspace, exercise, verdicts.get(exercise_id), fingerprints[exercise_id])
        for exercise_id, exercise in built.items()
    }
    rows = [
        _exercise(built[exercise_id], states, verdicts.get(exercise_id))
        if exercise_id in built
        else _coming(exercise_id)
        for exercise_id in unit.order
    ]
    return UnitStanding(unit.id, unit.title, unit.weeks, unit.goal, tuple(rows))


def _with_given_up(units: tuple[UnitStanding, ...], given_up: dict[str, GivenUp]) -> tuple[UnitStanding, ...]:
    """Whose solution was shown before it had passed is said so, whatever its state is since."""

    def told(row: ExerciseStanding) -> ExerciseStanding:
        if row.id not in given_up:
            return row
        theirs = given_up[row.id]
        note = ", ".join(filter(None, (row.note, SOLVED_ANEW if theirs.redeemed_at else GIVEN_UP)))
        return replace(row, note=note, given_up_at=theirs.at, solved_anew_at=theirs.redeemed_at)

    return tuple(replace(unit, exercises=tuple(map(told, unit.exercises))) for unit in units)


def _coming(exercise_id: str) -> ExerciseStanding:
    name = exercise_id.split("/")[1].replace("_", " ")
    return ExerciseStanding(exercise_id, name, "coming", "in a later version", "")


def _exercise(exercise: Exercise, states: dict[str, State], seen: ExerciseEvidence | None) -> ExerciseStanding:
    state = states[exercise.id]
    waits_for = tuple(needed for needed in exercise.needs if states.get(needed) not in DONE)
    mistake = seen.mistake if seen and state == "failed" else None
    checked_at = seen.checked_at if seen else ""
    return ExerciseStanding(
        exercise.id, exercise.title, state, _note(state, mistake, seen), checked_at, mistake, waits_for
    )


def _state(workspace: Workspace, exercise: Exercise, seen: ExerciseEvidence | None, now: str) -> State:
    file = workspace.file_of(exercise)
    if not file.is_file() or is_untouched(file, exercise.stub, *exercise.symbols):
        return "missing"
    if seen is None or seen.status in ("", "missing"):
        return "unchecked"
    unreadable_still = not now and not seen.fingerprint and seen.status == "error"
    return _known_state(seen.status) if unreadable_still or not seen.is_stale(now) else "stale"


def _known_state(status: str) -> State:
    return status if status in get_args(State) else "unchecked"  # pyright: ignore[reportReturnType]


def _note(state: State, mistake: str | None, seen: ExerciseEvidence | None) -> str:
    notes: dict[State, str] = {
        "missing": "not begun",
        "unchecked": "written, not checked",
        "stale": f"changed since it was {seen.status if seen and seen.done else 'checked'}",
        "variant": "right, by another convention",
        "fragile": "right, but breaks on extreme input",
    }
    return notes.get(state, mistake or "")


def _run(run: RunDirectory) -> RunStanding | None:
    try:
        config = run.config()
        metric = metric_of(config.settings)
        return RunStanding(run.id, run.status(), config.preset, config.is_evidence, config.project, metric)
    except RunError:
        # A damaged run must not hide everything else; `runs list` tells what is wrong with it.
        return None


def _next_step(
    units: tuple[UnitStanding, ...], runs: tuple[RunStanding, ...], recorded: tuple[RunEvidence, ...]
) -> NextStep:
    """The first thing in the order of the course that is not done: of each unit its exercises, then its project."""
    for unit in units:
        for exercise in unit.exercises:
            if exercise.state not in (*DONE, "coming"):
                why = f"failed: {exercise.mistake}" if exercise.mistake else exercise.note or exercise.state
                return NextStep(exercise.title, why, f"phase3-tutor check {exercise.id}", exercise.id)
        if unit.id in PRESETS and (project := _project_step(unit.id, runs, recorded)):
            return project
    there, last = {run.id for run in runs}, next(reversed(PRESETS))
    metric = metric_of(asdict(PRESETS[last][QUICK]))
    own = [run for run in recorded if run.project == last and run.metric_name == metric.name]
    best = max(own, key=lambda run: (run.run_id in there, metric.rank(run.metric)))
    what, kind = _PICTURES[last]
    return NextStep(what, "what did it learn to look at?", f"phase3-tutor show {kind} {best.run_id}")


def _project_step(project: str, runs: tuple[RunStanding, ...], recorded: tuple[RunEvidence, ...]) -> NextStep | None:
    """Train it, or follow the run that trains; None once a run that counts has reached the bar."""
    quick = PRESETS[project][QUICK]
    metric = metric_of(asdict(quick))
    own = [run for run in recorded if run.project == project and run.preset == QUICK and run.is_evidence]
    if any(metric.passes(run.metric, quick.bar) for run in own):
        return None
    running = [run for run in runs if run.status.state == "running" and run.project == project]
    if running:
        return NextStep(f"Follow {running[0].id}", "it is training", f"phase3-tutor runs follow {running[0].id}")
    why = f"your modules pass; now they are trained (the bar is {metric.text(quick.bar)})"
    return NextStep(f"Train project {project}", why, f"phase3-tutor train {project} --preset {QUICK}")
