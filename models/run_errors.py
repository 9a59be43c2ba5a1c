"""What can be wrong with a run, each with the thing, the place and the next step."""


class RunError(Exception):
    """Something about a run cannot be done; the three fields are what a person needs to go on."""

    def __init__(self, thing: str, place: str, next_step: str) -> None:
        super().__init__(thing, place, next_step)
        self.thing, self.place, self.next_step = thing, place, next_step

    def __str__(self) -> str:
        return f"{self.thing}\n  where: {self.place}\n  next:  {self.next_step}"


class RunUnreadable(RunError):
    """A file of the run is missing, damaged, or lacks a value."""


class RunNotFound(RunError):
    """No run, or more than one, answers to this name."""


class BadQuestion(RunError):
    """Something was asked of a run or a figure that it cannot be asked: whoever asked can ask otherwise."""

    exit_code = 2


class RunExists(RunError):
    """A run of this name is there already; a run is never overwritten."""
