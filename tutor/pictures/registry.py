"""Which pictures there are; each is imported when it is wanted."""

from difflib import get_close_matches
from importlib import import_module

from models.runs import RunDirectory
from tutor.pictures.picture import Picture
from tutor.refusals import Refusal

# kind -> the class in tutor/pictures/KIND.py, and the projects whose runs it can be drawn of
_CLASSES = {
    "features": ("FeaturesPicture", "cnn"),
    "filters": ("FiltersPicture", "cnn"),
    "gradients": ("GradientsPicture", "cnn", "rnn", "transformer"),
    "abstraction": ("AbstractionPicture", "cnn"),
    "confusion": ("ConfusionPicture", "cnn"),
    "errors": ("ErrorsPicture", "cnn"),
    "paper": ("PaperPicture", "cnn"),
    "gates": ("GatesPicture", "rnn"),
    "cells": ("CellsPicture", "rnn"),
    "saliency": ("SaliencyPicture", "rnn"),
    "through_time": ("ThroughTimePicture", "rnn"),
    "coherence": ("CoherencePicture", "rnn"),
    "attention": ("AttentionPicture", "transformer"),
    "heads": ("HeadsPicture", "transformer"),
    "crossing": ("CrossingPicture", "transformer"),
    "positions": ("PositionsPicture", "transformer"),
}


def picture_kinds(project: str = "") -> tuple[str, ...]:
    """What `show` can draw, of any project or of one, in the order in which a learner meets it."""
    return tuple(kind for kind, (_, *projects) in _CLASSES.items() if not project or project in projects)


def refuse_another_project(kind: str, run: RunDirectory) -> None:
    """A picture of what this run's net does not have."""
    project = run.config().project
    if kind not in picture_kinds(project):
        thing = f"There is no picture {kind} of {run.id}, a run of project {project}."
        raise Refusal(thing, f"show {kind}", f"there are: {', '.join(picture_kinds(project))}")


def find_picture(kind: str) -> Picture:
    """The picture of this kind, or a Refusal with those that there are."""
    if kind not in _CLASSES:
        closest = get_close_matches(kind, _CLASSES, n=1, cutoff=0.5)
        meant = f"did you mean {closest[0]}? " if closest else ""
        raise Refusal(f'There is no picture called "{kind}".', "show", f"{meant}there are: {', '.join(_CLASSES)}")
    return getattr(import_module(f"tutor.pictures.{kind}"), _CLASSES[kind][0])()
