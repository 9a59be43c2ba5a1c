"""Asks the lab for the feature maps of a run, and reads its answer."""

from models.runs import RunDirectory
from tutor.drawing.feature_maps import Stage
from tutor.drawing.feature_pages import Features
from tutor.lab_client import LabClient


async def ask_for_features(run: RunDirectory, image: int, channels: int, lab: LabClient | None = None) -> Features:
    """What every stage of the trained net makes of one held-out image; a lab of its own if none is given."""
    asked = lab or LabClient()
    try:
        answer = await asked.ask({"ask": "features", "run": str(run.path), "image": image, "channels": channels})
    finally:
        if lab is None:
            await asked.close()
    stages = tuple(
        Stage(stage["name"], [channel["values"] for channel in stage["channels"]], stage["shape"][0])
        for stage in answer["stages"]
    )
    return Features(stages, answer["image"], str(answer["label"]), str(answer["predicted"]), answer["probability"])
