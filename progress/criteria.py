"""The five completion criteria, judged from evidence each time they are asked for and never stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from progress.findings import NOT_HERE, Finding, look_at_code, look_at_graded, look_at_project
from progress.needs import Bar, CourseNeeds, Need, ProjectNeed, Seen

__all__ = [
    "Bar",
    "CourseNeeds",
    "Criterion",
    "Need",
    "Phase4",
    "ProjectNeed",
    "Seen",
    "judge_criteria",
    "phase4",
]


@dataclass(frozen=True)
class Criterion:
    """Whether one criterion holds now, why, and everything that is missing with what to do about it."""

    id: str
    title: str
    met: bool
    because: str
    missing: tuple[str, ...] = ()
    to_recheck: tuple[str, ...] = ()  # counts, but its check has changed since: worth running again


@dataclass(frozen=True)
class Phase4:
    """Open while every criterion holds at the same time, and shut again as soon as one does not."""

    unlocked: bool
    missing: tuple[str, ...]  # ids of the criteria that keep it shut


@dataclass(frozen=True)
class _Tally:
    """How many of one kind of thing hold, and how many are needed."""

    name: str
    held: int
    needed: int
    missing: tuple[str, ...]
    can_be_met: bool  # in this version of the tutor
    to_recheck: tuple[str, ...] = ()


def judge_criteria(needs: CourseNeeds, seen: Seen) -> list[Criterion]:
    """The five criteria, in the order of the course."""
    return [
        _implement(needs, seen),
        _explain(needs, seen),
        _modify(needs, seen),
        _read(needs, seen),
        _portfolio(needs, seen),
    ]


def phase4(criteria: Iterable[Criterion]) -> Phase4:
    """Whether Phase 4 is open, and which criteria keep it shut."""
    judged = list(criteria)
    missing = tuple(criterion.id for criterion in judged if not criterion.met)
    return Phase4(unlocked=bool(judged) and not missing, missing=missing)


def _implement(needs: CourseNeeds, seen: Seen) -> Criterion:
    return _criterion(
        "implement",
        "Implement any standard architecture from a research paper",
        _all_of("exercises", [look_at_code(need, seen) for need in needs.exercises]),
        _some_of("paper-to-code capstones", needs.paper_capstones, needs.paper_capstones_needed, seen),
    )


def _explain(needs: CourseNeeds, seen: Seen) -> Criterion:
    return _criterion(
        "explain",
        "Explain architectural choices mathematically",
        _all_of("questions", [look_at_graded(need, seen) for need in needs.questions]),
        _all_of("predictions", [look_at_graded(need, seen) for need in needs.predictions]),
    )


def _modify(needs: CourseNeeds, seen: Seen) -> Criterion:
    return _criterion(
        "modify",
        "Modify an architecture to solve a new problem type",
        _some_of("adaptation capstones", needs.adaptations, needs.adaptations_needed, seen),
    )


def _read(needs: CourseNeeds, seen: Seen) -> Criterion:
    return _criterion(
        "read",
        "Read architecture papers and understand the mathematical motivations",
        _all_of("reading drills", [look_at_graded(need, seen) for need in needs.drills]),
    )


def _portfolio(needs: CourseNeeds, seen: Seen) -> Criterion:
    pictures = [look_at_graded(picture, seen) for project in needs.projects for picture in project.pictures]
    pictureless = [project.id for project in needs.projects if not project.pictures]
    pictures += [Finding(f"{id}/pictures", False, f"{id}/pictures: {NOT_HERE}", available=False) for id in pictureless]
    return _criterion(
        "portfolio",
        "Projects portfolio: three projects past their bars, their pictures, the comparison report",
        _all_of("projects", [look_at_project(project, seen) for project in needs.projects]),
        _all_of("pictures noted", pictures),
        _all_of("comparison report", [look_at_graded(needs.report, seen)]),
    )


def _all_of(name: str, findings: Sequence[Finding]) -> _Tally:
    """Each of these is needed; where there is none at all, nothing was shown and nothing is met."""
    if not findings:
        return _Tally(name, 0, 0, (f"{name}: {NOT_HERE}",), can_be_met=False)
    return _Tally(
        name,
        held=sum(finding.holds for finding in findings),
        needed=len(findings),
        missing=tuple(finding.missing for finding in findings if not finding.holds),
        can_be_met=all(finding.available for finding in findings),
        to_recheck=_to_recheck(findings),
    )


def _some_of(name: str, needs: Sequence[Need], needed: int, seen: Seen) -> _Tally:
    """`needed` of these are enough, whichever they are."""
    findings = [look_at_code(need, seen) for need in needs]
    holding = [finding for finding in findings if finding.holds]
    still = needed - len(holding)
    can_be_met = sum(need.available for need in needs) >= needed
    missing: list[str] = []
    if still > 0:
        missing += [finding.missing for finding in findings if finding.tried]
        held_ids = {finding.id for finding in holding}
        missing.append(_more_needed(name, still, [n for n in needs if n.available and n.id not in held_ids]))
    return _Tally(name, min(len(holding), needed), needed, tuple(missing), can_be_met, _to_recheck(holding))


def _more_needed(name: str, still: int, choice: Sequence[Need]) -> str:
    """What is left to do for a tally that takes any of several, and how many of it this version lacks."""
    lacking = still - len(choice)
    open_now = f"choose from {', '.join(need.id for need in choice)}; {choice[0].do}" if choice else ""
    not_here = f"{lacking} {NOT_HERE}" if lacking > 0 else ""
    return f"{name}: {still} more needed; " + "; ".join(part for part in (open_now, not_here) if part)


def _to_recheck(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.to_recheck for finding in findings if finding.to_recheck)


def _criterion(id: str, title: str, *tallies: _Tally) -> Criterion:
    counts = ", ".join(f"{tally.held} of {tally.needed} {tally.name}" for tally in tallies if tally.needed)
    shut = [tally.name for tally in tallies if not tally.can_be_met]
    because = counts or "nothing to show it with"
    if shut:
        because += f"; it stays open in this version of the tutor, which does not have all {' and '.join(shut)} yet"
    return Criterion(
        id=id,
        title=title,
        met=not any(tally.missing for tally in tallies),
        because=because,
        missing=tuple(line for tally in tallies for line in tally.missing),
        to_recheck=tuple(line for tally in tallies for line in tally.to_recheck),
    )
