"""A run goes on only with the files and the data that it was started with."""

from collections.abc import Mapping
from typing import Any

from models.run_config import RunConfig
from models.run_directory import RunDirectory
from models.run_errors import RunError


class ResumeRefused(RunError):
    """What the run would go on with is not what it was started with."""


def refuse_other_files(run: RunDirectory, recorded: Mapping[str, str], found: Mapping[str, str]) -> None:
    """Compare the hashes of the learner's files in the checkpoint with those that were just imported."""
    changed = sorted(file for file in {**recorded, **found} if recorded.get(file) != found.get(file))
    if changed:
        thing = f"{', '.join(changed)} changed since this run's checkpoint, so its curve would tell of two codes."
        next_step = "put the run's own copy back, or train the new code: phase3-tutor train"
        raise ResumeRefused(thing, str(run.modules), next_step)


def refuse_other_data(run: RunDirectory, config: RunConfig, facts: Mapping[str, Any], total_steps: int) -> None:
    """Compare data and length with what the run's config has said since its first step."""
    before = config.dataset.get("checksum")
    if before and before != facts["checksum"]:
        thing = f"{facts['name']} is not the data that this run was started with: its checksum differs."
        raise ResumeRefused(thing, str(run.path), "import that data again, or start a new run")
    if config.total_steps and config.total_steps != total_steps:
        thing = f"This run was to take {config.total_steps:,} steps, and its settings now say {total_steps:,}."
        raise ResumeRefused(thing, str(run.path / "config.json"), "put its settings back, or start a new run")
