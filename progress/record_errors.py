"""Why the record cannot be read or written, each with the thing, the place and the next step."""


class RecordError(Exception):
    """The record cannot do this now; the three fields are what a person needs to go on."""

    def __init__(self, thing: str, place: str, next_step: str) -> None:
        super().__init__(thing, place, next_step)
        self.thing, self.place, self.next_step = thing, place, next_step

    def __str__(self) -> str:
        return f"{self.thing}\n  where: {self.place}\n  next:  {self.next_step}"


class RecordBusy(RecordError):
    """Another tutor has been writing for longer than we wait."""


class RecordNewer(RecordError):
    """A later version of the tutor wrote the file; it is neither read nor touched."""


class RecordReadOnly(RecordError):
    """The folder may be read but not written: everything works, nothing is recorded."""


class RecordUnwritable(RecordError):
    """Writing failed, as on a full disk; what was recorded before is still there."""


class RecordUnreadable(RecordError):
    """The file is there and the system will not let us read it."""
