"""Which arm of a comparison is the plain one of an ablated arm, and what its experiment is called in the record."""

from collections.abc import Sequence
from typing import Any

from models.ablations import ours, set_by
from models.comparison import NO_PART_OF_THE_EXPERIMENT, Arm, code_of
from models.presets import PresetRefused, settings_for
from models.run_config import RunConfig


def plain_arm_of(arm: Arm, arms: Sequence[Arm]) -> Arm | None:
    """The arm that lacks the ablation and is the same in all else; None where it is not among these."""
    ablated = arm.runs[0].config
    return next((each for each in arms if is_plain_of(each.runs[0].config, ablated)), None)


def is_plain_of(plain: RunConfig, ablated: RunConfig) -> bool:
    """Whether one is what the other would be without its ablations, whatever the seeds.

    A data set's checksum is known once a run has begun; before that it holds nothing against it.
    """
    if plain.ablations or not ablated.ablations:
        return False
    sums = {config.dataset.get("checksum") for config in (plain, ablated)} - {None}
    codes = [code_of(each) for each in (plain, ablated)]
    shared = (codes[0].keys() & codes[1].keys()) - ours(ablated.project, ablated.ablations).keys()
    return (
        (plain.project, plain.preset) == (ablated.project, ablated.preset)
        and _settings_without(plain, ablated.ablations) == _settings_without(ablated, ablated.ablations)
        and all(codes[0][part] == codes[1][part] for part in shared)
        and len(sums) < 2
    )


def is_same_experiment(one: RunConfig, other: RunConfig) -> bool:
    """Whether two runs differ by their seed alone, also where one has not begun."""
    sums = {config.dataset.get("checksum") for config in (one, other)} - {None}
    facts = [
        (each.project, each.preset, each.ablations, _settings_without(each), code_of(each)) for each in (one, other)
    ]
    return facts[0] == facts[1] and len(sums) < 2


def changes_of(config: RunConfig) -> dict[str, Any]:
    """The settings that are not the preset's own, but for those that the ablations themselves change."""
    settings = _settings_without(config, config.ablations)
    try:
        own = settings_for(config.project, config.preset, {})
    except PresetRefused:  # of another version
        return settings
    return {key: value for key, value in settings.items() if key in own and value != own[key]}


def _settings_without(config: RunConfig, ablations: Sequence[str] = ()) -> dict[str, Any]:
    left_out = {*NO_PART_OF_THE_EXPERIMENT, *set_by(config.project, ablations)}
    return {key: value for key, value in config.settings.items() if key not in left_out}
