"""Makes a new exercise in a clone of the repository: its folder, its row, and the module of its reference."""

import keyword
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import Template

from lessons.authoring.curriculum_text import TextNotUnderstood, with_exercise
from lessons.authoring.rows import CURRICULUM, NAME
from lessons.authoring.templates import FILES, ROW
from lessons.catalog import LESSONS

REPOSITORY = LESSONS.parent


@dataclass
class NotScaffolded(Exception):
    """What stands in the way, where, and what to do."""

    thing: str
    place: str
    next_step: str

    def __str__(self) -> str:
        return self.thing


@dataclass(frozen=True)
class Scaffold:
    """What was made, as paths inside the repository."""

    exercise_id: str
    created: tuple[str, ...]
    changed: str


def new_exercise(exercise_id: str, repository: Path = REPOSITORY) -> Scaffold:
    """Write all of it, or nothing: whatever is in the way is told before the first file is made."""
    _refuse_an_installed_package(repository)
    curriculum = repository / "lessons" / CURRICULUM
    try:
        text = curriculum.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise NotScaffolded("The curriculum cannot be read.", f"{curriculum}: {error}", "mend it first") from error
    _refuse_the_name(exercise_id, [unit["id"] for unit in table["unit"]])
    name = exercise_id.split("/")[1]
    files = {_filled(path, exercise_id): _filled(content, exercise_id) for path, content in FILES.items()}
    _refuse_what_is_there(exercise_id, repository, [row.get("id") for row in table.get("exercise", [])], files)
    try:
        changed = with_exercise(text, exercise_id, _filled(ROW, exercise_id))
    except TextNotUnderstood as error:
        thing = f"The curriculum has a form in which this verb cannot write ({error})."
        raise NotScaffolded(thing, str(curriculum), f"add the row of {name} by hand, as the others are") from error
    _write(repository, files | {f"lessons/{CURRICULUM}": changed})
    return Scaffold(exercise_id, tuple(files), f"lessons/{CURRICULUM}")


def _write(repository: Path, files: dict[str, str]) -> None:
    try:
        for path, content in files.items():
            (repository / path).parent.mkdir(parents=True, exist_ok=True)
            (repository / path).write_text(content, encoding="utf-8")
    except OSError as error:
        thing, next_step = f"The exercise cannot be written: {error.strerror}.", "remove what was begun, and try again"
        raise NotScaffolded(thing, str(error.filename), f"make the clone writable, {next_step}") from error


def _refuse_an_installed_package(repository: Path) -> None:
    """An exercise is made in the source: an installed package is replaced by the next version of it."""
    project = repository / "pyproject.toml"
    if not project.is_file() or 'name = "phase3-tutor"' not in project.read_text(encoding="utf-8"):
        thing = "This phase3-tutor is an installed package; an exercise is made in a clone of its repository."
        next_step = "clone it, run pip install -e '.[dev]' there, and use the phase3-tutor that this installs"
        raise NotScaffolded(thing, str(repository), next_step)


def _refuse_the_name(exercise_id: str, units: list[str]) -> None:
    unit, slash, name = exercise_id.partition("/")
    if not slash or not name:
        raise NotScaffolded(f'"{exercise_id}" is no id: it is a unit and a name.', "new exercise",
                            f"write it as {units[0]}/{_plain(exercise_id)}")  # fmt: skip
    if unit not in units:
        closest = get_close_matches(unit, units, n=1, cutoff=0.0)[0]
        raise NotScaffolded(f'No unit is called "{unit}"; there are {", ".join(units)}.', exercise_id,
                            f"try {closest}/{_plain(name)}")  # fmt: skip
    if not NAME.fullmatch(name):
        raise NotScaffolded(f'"{name}" is no name: small letters, digits and _, a letter first.', exercise_id,
                            f"try {unit}/{_plain(name)}")  # fmt: skip
    if keyword.iskeyword(name):
        raise NotScaffolded(f'"{name}" is a word of Python, and no function can be called so.', exercise_id,
                            f"try {unit}/{name}_layer")  # fmt: skip


def _refuse_what_is_there(exercise_id: str, repository: Path, row_ids: list[str | None], files: dict[str, str]) -> None:
    if exercise_id in row_ids:
        thing, next_step = f"There is an exercise {exercise_id} already.", "choose another name, or work on that one"
        raise NotScaffolded(thing, f"lessons/{CURRICULUM}", next_step)
    folder = repository / "lessons" / exercise_id
    for place in (folder, *(repository / path for path in files)):
        if place.exists():
            thing = f"{place.relative_to(repository)} is there already; nothing was made."
            raise NotScaffolded(thing, str(place), "choose another name, or move it away")


def _filled(text: str, exercise_id: str) -> str:
    return Template(text).substitute(id=exercise_id, name=exercise_id.split("/")[1])


def _plain(name: str) -> str:
    """The nearest name that would do: MyLayer-2 becomes my_layer_2."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", words).strip("_").lstrip("0123456789_")
    return plain or "name"
