"""Gets a picture's numbers, by a lab of its own where none is given."""

from models.runs import RunDirectory
from tutor.lab_client import LabClient
from tutor.pictures.picture import Answer, Picture, View


async def ask_for(picture: Picture, run: RunDirectory, view: View, lab: LabClient | None = None) -> Answer:
    """The picture's numbers for this run."""
    asked = lab or LabClient()
    try:
        return await picture.ask(run, view, asked)
    finally:
        if lab is None:
            await asked.close()
