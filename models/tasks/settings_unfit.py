"""The error of a recipe that its data cannot serve."""

from models.run_errors import RunError


class SettingsUnfit(RunError):
    """The settings do not go with the data."""
