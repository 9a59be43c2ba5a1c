"""What the criteria of the course ask for, and what there is to judge them by; both given by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from progress.evidence_rows import ExerciseEvidence, GivenUp, RunEvidence


@dataclass(frozen=True)
class Need:
    """One thing that a criterion asks for, and the next step that gets it."""

    id: str
    do: str  # such as "phase3-tutor check cnn/conv2d"
    anew: str = ""  # the same for one that was given up: "phase3-tutor reset cnn/conv2d"
    available: bool = True  # False: this version of the tutor does not have it, so nobody can meet it yet


@dataclass(frozen=True)
class Bar:
    """The pass mark of one preset of a project."""

    metric_name: str  # such as "held_out_accuracy"
    value: float
    higher_is_better: bool = True

    def passed_by(self, metric: float | None) -> bool:
        """Whether this metric reaches the bar; one that is not a number never does."""
        if metric is None:
            return False
        return metric >= self.value if self.higher_is_better else metric <= self.value

    def __str__(self) -> str:
        return f"{self.metric_name} {'at least' if self.higher_is_better else 'at most'} {self.value:g}"


@dataclass(frozen=True)
class ProjectNeed:
    """A project: the bars of the presets that count, the exercises its net is made of, its pictures."""

    id: str
    do: str
    bars: Mapping[str, Bar] = field(default_factory=dict)  # by preset; one that is passed is enough
    parts: tuple[str, ...] = ()
    pictures: tuple[Need, ...] = ()  # each looked at and noted
    available: bool = True


@dataclass(frozen=True)
class CourseNeeds:
    """Everything that the five criteria ask for, in the order in which it is to be listed."""

    exercises: tuple[Need, ...]
    paper_capstones: tuple[Need, ...]
    questions: tuple[Need, ...]
    predictions: tuple[Need, ...]
    adaptations: tuple[Need, ...]
    drills: tuple[Need, ...]
    projects: tuple[ProjectNeed, ...]
    report: Need
    paper_capstones_needed: int = 2
    adaptations_needed: int = 1

    def __post_init__(self) -> None:
        if self.paper_capstones_needed < 1 or self.adaptations_needed < 1:
            raise ValueError("a criterion that needs no capstone would be met by showing nothing")


@dataclass(frozen=True)
class Seen:
    """What was shown, and the present state of the code that it was shown with.

    `graded` holds the ids of questions, predictions, drills, pictures and the report that hold when they
    are graded now. A capstone is code: it is judged by its verdict, as an exercise is.
    """

    verdicts: Mapping[str, ExerciseEvidence] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)  # of the code as it is now
    content_versions: Mapping[str, str] = field(default_factory=dict)  # of the checks as they are now
    runs: tuple[RunEvidence, ...] = ()
    run_problems: Mapping[str, str] = field(default_factory=dict)  # run id -> why it cannot be verified now
    workspace_id: str = ""
    graded: frozenset[str] = frozenset()
    given_up: Mapping[str, GivenUp] = field(default_factory=dict)
