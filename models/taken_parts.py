"""What a run is put together from: the learner's functions and classes, references only where its config says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from models.learner_modules import LearnerModules, PartUnusable
from models.run_config import Part, RunConfig

References = Mapping[str, Mapping[str, Callable[..., Any]]]  # exercise -> name in its file -> ours
Conventions = Mapping[str, Mapping[str, tuple[str, ...]]]  # exercise -> name -> what can be declared


@dataclass(frozen=True)
class TakenParts:
    """Functions and classes by the names that the stubs give, and what the learner's files declare, by exercise."""

    found: Mapping[str, Callable[..., Any]]
    declared: Mapping[str, Mapping[str, str]]

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return self.found[name]


def take(config: RunConfig, modules: LearnerModules, references: References, conventions: Conventions) -> TakenParts:
    """Every part of the config, from the run's own copies or from the references; `PartUnusable` names what is not."""
    found: dict[str, Callable[..., Any]] = {}
    declared: dict[str, Mapping[str, str]] = {}
    for part in config.parts:
        names = references[part.exercise_id]
        lent = part.source == "reference"
        found |= names if lent else {name: _callable(modules, part, name) for name in names}
        if part.exercise_id in conventions and not lent:
            declared[part.exercise_id] = _declared(modules, part, conventions[part.exercise_id])
    return TakenParts(found, declared)


def _declared(modules: LearnerModules, part: Part, known: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """What the file declares, if it is one of the conventions that there are."""
    declared = modules.take(part.file, "CONVENTIONS")
    fits = isinstance(declared, dict) and all(declared.get(key) in values for key, values in known.items())
    if not fits:
        thing = f"CONVENTIONS in {part.file} is {declared!r:.60}, and that is none that is known."
        raise PartUnusable(thing, part.file, f"check it: phase3-tutor check {part.exercise_id}")
    return {key: declared[key] for key in known}


def _callable(modules: LearnerModules, part: Part, name: str) -> Callable[..., Any]:
    found = modules.take(part.file, name)
    if not callable(found):
        thing = f"{name} in {part.file} is a {type(found).__name__} and cannot be called."
        raise PartUnusable(thing, part.file, f"put {name} back as the stub has it")
    return found
