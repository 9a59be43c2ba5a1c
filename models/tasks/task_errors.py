"""What can be wrong with a task before or while it is trained."""

from models.run_errors import RunError


class SettingsUnfit(RunError):
    """The settings do not go with the data."""


class NetMisbehaves(RunError):
    """What the learner's code gives cannot be trained by: no score per class, no single loss, other windows."""
