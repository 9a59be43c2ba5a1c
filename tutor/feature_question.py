"""Asks the lab for the feature maps of a run, and reads its answer."""

from collections.abc import Mapping
from typing import Any

from models.runs import RunDirectory
from tutor.drawing.feature_maps import Stage, grey
from tutor.drawing.feature_pages import Features
from tutor.drawing.shades import numbers
from tutor.lab_client import LabClient


async def ask_for_features(run: RunDirectory, image: int, channels: int, lab: LabClient | None = None) -> Features:
    """What every stage of the trained net makes of one held-out image; by a lab of its own if none is given."""
    asked = lab or LabClient()
    try:
        answer = await asked.ask({"ask": "features", "run": str(run.path), "image": image, "channels": channels})
    finally:
        if lab is None:
            await asked.close()
    return features_of(answer)


def features_of(answer: Mapping[str, Any]) -> Features:
    """The lab's answer as what is drawn of it."""
    return Features(
        stages=tuple(_stage(stage) for stage in answer["stages"]),
        image=grey(answer["input"]["values"]),
        label=answer["label_name"],
        predicted=answer["predicted_name"],
        probability=answer["probability"],
    )


def _stage(stage: dict[str, Any]) -> Stage:
    limits = (stage["lowest"], stage["highest"])
    return Stage(
        name=stage["name"],
        maps=[numbers(grid) for grid in stage["values"]],
        channels=stage["shape"][0],
        limits=None if None in limits else limits,
    )
