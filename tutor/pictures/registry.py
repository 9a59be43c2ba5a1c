"""Which pictures there are; each is imported when it is wanted."""

from difflib import get_close_matches
from importlib import import_module

from tutor.pictures.picture import Picture
from tutor.refusals import Refusal

# kind -> the class in tutor/pictures/KIND.py
_CLASSES = {
    "features": "FeaturesPicture",
    "filters": "FiltersPicture",
    "gradients": "GradientsPicture",
    "abstraction": "AbstractionPicture",
    "confusion": "ConfusionPicture",
    "errors": "ErrorsPicture",
    "paper": "PaperPicture",
}


def picture_kinds() -> tuple[str, ...]:
    """What `show` can draw, in the order in which a learner meets it."""
    return tuple(_CLASSES)


def find_picture(kind: str) -> Picture:
    """The picture of this kind, or a Refusal with those that there are."""
    if kind not in _CLASSES:
        closest = get_close_matches(kind, _CLASSES, n=1, cutoff=0.5)
        meant = f"did you mean {closest[0]}? " if closest else ""
        raise Refusal(f'There is no picture called "{kind}".', "show", f"{meant}there are: {', '.join(_CLASSES)}")
    return getattr(import_module(f"tutor.pictures.{kind}"), _CLASSES[kind])()
