"""Runs beside each other: which of them are the same experiment with another seed, and what sets two apart."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean, variance
from typing import Any

from models.metric import Metric, metric_of
from models.run_config import RunConfig
from models.run_directory import RunDirectory
from models.run_errors import RunError
from models.run_status import RunStatus

FEWEST_SEEDS = 3  # a spread that is estimated from fewer says next to nothing
NO_PART_OF_THE_EXPERIMENT = ("evaluate_every_epochs", "checkpoint_seconds", "bar")


@dataclass(frozen=True)
class Compared:
    """One run of a comparison."""

    run: RunDirectory
    config: RunConfig
    status: RunStatus

    @property
    def result(self) -> float | None:
        """What it is judged by on held-out data, at the end of a run that came to its end; None while there is none."""
        return self.status.held_out if self.status.state == "finished" else None


@dataclass(frozen=True)
class Arm:
    """Runs that differ by their seed alone, and the words that tell them from the first arm."""

    label: str
    runs: tuple[Compared, ...]

    @property
    def results(self) -> tuple[float, ...]:
        """Of the finished runs, one for each seed: a seed that was run twice says the same thing twice."""
        by_seed = {each.config.seed: each.result for each in self.runs if each.result is not None}
        return tuple(by_seed.values())


@dataclass(frozen=True)
class Difference:
    """How far the mean of one arm lies above that of another, and the interval that holds the truth 19 times in 20.

    `interval` is None where an arm has a single seed: nothing is known then of what the seed alone does.
    """

    value: float
    interval: tuple[float, float] | None

    @property
    def is_clear(self) -> bool:
        """Whether 0 lies outside the interval."""
        return self.interval is not None and not self.interval[0] <= 0.0 <= self.interval[1]


def compare_runs(runs: Sequence[RunDirectory]) -> tuple[Arm, ...]:
    """The runs in arms, each in the order given; all must be of one project."""
    compared = [Compared(run, run.config(), run.status()) for run in runs]
    projects = {each.config.project for each in compared}
    if len(projects) > 1:
        thing = f"These runs are of different projects: {', '.join(sorted(projects))}."
        raise RunError(thing, "runs compare", "name runs of one project")
    if len({metric_of(each.config.settings) for each in compared}) > 1:
        thing = "These runs are judged by different numbers."
        raise RunError(thing, "runs compare", "name runs that learn from the same data")
    groups: dict[str, list[Compared]] = {}
    for each in compared:
        groups.setdefault(_experiment(each.config), []).append(each)
    first = next(iter(groups.values()))[0].config
    return tuple(Arm(_label(first, group[0].config), tuple(group)) for group in groups.values())


def metric_of_arms(arms: Sequence[Arm]) -> Metric:
    """What all of these are judged by."""
    return metric_of(arms[0].runs[0].config.settings)


def difference(one: Sequence[float], other: Sequence[float]) -> Difference:
    """mean(other) - mean(one), with Welch's 95% interval (Welch 1947):

        (m2 - m1) +- t(0.975, df) sqrt(v1/n1 + v2/n2)
        df = (v1/n1 + v2/n2)^2 / ((v1/n1)^2 / (n1 - 1) + (v2/n2)^2 / (n2 - 1))

    v is the unbiased variance over the seeds. ValueError where one of the two is empty.
    """
    if not one or not other:
        raise ValueError("a difference needs at least one value on each side")
    value = fmean(other) - fmean(one)
    if len(one) < 2 or len(other) < 2:
        return Difference(value, None)
    a, b = variance(one) / len(one), variance(other) / len(other)
    if a + b == 0.0:
        return Difference(value, (value, value))
    freedom = (a + b) ** 2 / (a**2 / (len(one) - 1) + b**2 / (len(other) - 1))
    reach = _t_quantile(0.975, freedom) * math.sqrt(a + b)
    return Difference(value, (value - reach, value + reach))


def _t_quantile(probability: float, freedom: float) -> float:
    from scipy.special import stdtrit  # a fifth of a second, and needed by nobody who compares single runs

    return float(stdtrit(freedom, probability))


def _experiment(config: RunConfig) -> str:
    """Everything of a run but its seed, its name and what cannot change its numbers."""
    facts = [config.preset, config.ablations, _settings(config), config.dataset.get("checksum"), code_of(config)]
    return json.dumps(facts, sort_keys=True, default=str)


def _settings(config: RunConfig) -> dict[str, Any]:
    return {key: value for key, value in config.settings.items() if key not in NO_PART_OF_THE_EXPERIMENT}


def code_of(config: RunConfig) -> Mapping[str, str]:
    """Whose code each part is, and which."""
    return {part.exercise_id: f"{part.source} {part.fingerprint}" for part in config.parts}


def _label(first: RunConfig, config: RunConfig) -> str:
    """What sets this run apart from the first one, in as many words as it takes."""
    words = [config.preset] if config.preset != first.preset else []
    words += _ablations_apart(first, config)
    here, there = _settings(config), _settings(first)
    words += [f"{key}={here.get(key)}" for key in here if here.get(key) != there.get(key)]
    changed = [part for part, code in code_of(config).items() if code != code_of(first).get(part)]
    if changed:
        words.append(f"other code in {', '.join(changed)}")
    if config.dataset.get("checksum") != first.dataset.get("checksum"):
        words.append(str(config.dataset.get("name", "other data")))
    return ", ".join(words) or _own_words(config)


def _own_words(config: RunConfig) -> str:
    """The first arm: its preset, and the ablations if there are any."""
    return " ".join([config.preset, *config.ablations])


def _ablations_apart(first: RunConfig, config: RunConfig) -> list[str]:
    lacking = [name for name in first.ablations if name not in config.ablations]
    return [name for name in config.ablations if name not in first.ablations] + [f"without {name}" for name in lacking]


def as_facts(arms: Sequence[Arm]) -> list[dict[str, Any]]:
    """The arms for `--json`: labels, runs, results, and each arm's difference from the first."""
    facts, name = [], metric_of_arms(arms).key
    for arm in arms:
        apart = difference(arms[0].results, arm.results) if arms[0].results and arm.results else None
        facts.append(
            {
                "label": arm.label,
                "runs": [
                    {"id": each.run.id, "seed": each.config.seed, "state": each.status.state, name: each.result}
                    for each in arm.runs
                ],
                "mean": fmean(arm.results) if arm.results else None,
                "difference": asdict(apart) if apart and arm is not arms[0] else None,
            }
        )
    return facts
