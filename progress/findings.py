"""One need held against what was seen: whether it holds now, and the sentence that says what is missing."""

from dataclasses import dataclass

from progress.evidence_rows import GivenUp, RunEvidence
from progress.needs import Need, ProjectNeed, Seen

NOT_HERE = "not in this version of the tutor yet"


@dataclass(frozen=True)
class Finding:
    """Whether a need holds; if not, what is missing and what to do; if so, perhaps a reason to look again."""

    id: str
    holds: bool
    missing: str = ""
    to_recheck: str = ""
    available: bool = True
    tried: bool = False  # something was shown for it, which does not count (any more)


def look_at_code(need: Need, seen: Seen) -> Finding:
    """An exercise or capstone: it holds when it passes now, and was not given up or has been solved anew since."""
    given_up = seen.given_up.get(need.id)
    if need.available and given_up and not given_up.redeemed_at:
        return _tried(need.id, *_to_solve_anew(need, given_up))
    return look_at_verdict(need, seen)


def _to_solve_anew(need: Need, given_up: GivenUp) -> tuple[str, str]:
    """(what is wrong, what to do) of one whose solution was shown before it had passed."""
    problem = f"given up on {given_up.at[:10]}, so it does not count yet"
    later = "pass it on a later day with code that is not the shown solution's"
    if given_up.reset_at:
        return f"{problem}: {later}", need.do
    return f"{problem}: put the stub back, then {later}", need.anew or need.do


def look_at_verdict(need: Need, seen: Seen) -> Finding:
    """The latest verdict counts for the code it was given for, and no other."""
    verdict = seen.verdicts.get(need.id)
    current = seen.fingerprints.get(need.id)
    if not need.available:
        return _not_here(need.id)
    if verdict is None:
        return Finding(need.id, False, f"{need.id}: not checked yet; {need.do}")
    if not current:
        return _tried(need.id, "its code is not in the workspace any more", need.do)
    if verdict.is_stale(current):
        return _tried(need.id, "its code has changed since it was checked", need.do)
    if not verdict.done:
        mistake = f" ({verdict.mistake})" if verdict.mistake else ""
        return _tried(need.id, f"the last check says {verdict.status}{mistake}", need.do)
    version = seen.content_versions.get(need.id, verdict.content_version)
    changed = "" if version == verdict.content_version else f"{need.id}: its check has changed since; {need.do}"
    return Finding(need.id, True, to_recheck=changed)


def look_at_graded(need: Need, seen: Seen) -> Finding:
    """A question, prediction, drill, picture or the report: it holds when its grading now says so."""
    if not need.available:
        return _not_here(need.id)
    holds = need.id in seen.graded
    return Finding(need.id, holds, "" if holds else f"{need.id}: not shown yet; {need.do}")


def look_at_project(project: ProjectNeed, seen: Seen) -> Finding:
    """A project holds when one run of the learner's own modules passes a bar and its parts pass now."""
    if not (project.available and project.bars and project.parts):
        return _not_here(project.id)
    problems = {
        run.run_id: _problems(run, project, seen)
        for run in seen.runs
        if run.project == project.id and run.preset in project.bars
    }
    if not problems:
        return Finding(project.id, False, f"{project.id}: no run of {_presets(project)} yet; {project.do}")
    closest = min(reversed(problems), key=lambda run_id: len(problems[run_id]))  # of equals the newest
    if problems[closest]:
        return _tried(project.id, f"run {closest} {' and '.join(problems[closest])}", project.do)
    return Finding(project.id, True)


def _problems(run: RunEvidence, project: ProjectNeed, seen: Seen) -> list[str]:
    """Why this run does not count, most basic first."""
    bar = project.bars[run.preset]
    found = []
    if not run.is_evidence:
        found.append("had parts of the reference in it")
    if run.workspace_id != seen.workspace_id:
        found.append("belongs to another workspace")
    if run.run_id in seen.run_problems:
        found.append(f"cannot be verified: {seen.run_problems[run.run_id]}")
    if run.metric_name != bar.metric_name or not bar.passed_by(run.metric):
        found.append(f"did not reach its bar ({_metric(run)}, needed {bar})")
    unknown = [part for part in project.parts if not run.fingerprints.get(part)]
    if unknown:
        found.append(f"does not say whose code {', '.join(unknown)} was")
    failing = [part for part in project.parts if not look_at_verdict(Need(part, ""), seen).holds]
    if failing:
        found.append(f"is made of {', '.join(failing)}, which does not pass now")
    return found


def _metric(run: RunEvidence) -> str:
    return f"{run.metric_name} {'not a number' if run.metric is None else format(run.metric, '.4g')}"


def _presets(project: ProjectNeed) -> str:
    return " or ".join(project.bars)


def _tried(need_id: str, problem: str, do: str) -> Finding:
    return Finding(need_id, False, f"{need_id}: {problem}; {do}", tried=True)


def _not_here(need_id: str) -> Finding:
    return Finding(need_id, False, f"{need_id}: {NOT_HERE}", available=False)
