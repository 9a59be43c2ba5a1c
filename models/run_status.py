"""Where a run stands: the small file that its trainer replaces while it works."""

import json
import math
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from models.run_errors import RunUnreadable

RunState = Literal["created", "running", "finished", "stopped", "failed", "diverged", "died"]


@dataclass(frozen=True)
class RunStatus:
    """What the trainer last said; `state` is never written as "died", a reader derives that."""

    state: RunState
    step: int = 0
    total_steps: int = 0
    pid: int = 0
    process_start: str = ""  # tells the trainer from a later process that was given its pid
    heartbeat: float = 0.0  # Unix time, for display only
    message: str = ""
    examples_per_s: float | None = None
    seconds_left: float | None = None
    held_out: float | None = None  # what the run is judged by on held-out data, newest; see models/metric.py
    final: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """The text of status.json; a number that is not finite becomes null."""
        values = {key: _finite_or_none(value) for key, value in asdict(self).items()}
        values["final"] = {key: _finite_or_none(value) for key, value in self.final.items()}
        return json.dumps(values, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str, place: str = "status.json") -> "RunStatus":
        """Read status.json; but for the state, a value that is missing or ill-typed counts as not said."""
        try:
            values = json.loads(text)
            state = values["state"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise _unreadable(place) from error
        if state not in get_args(RunState):
            raise _unreadable(place)
        final = values.get("final")
        return cls(
            state=state,
            step=_int(values.get("step")),
            total_steps=_int(values.get("total_steps")),
            pid=_int(values.get("pid")),
            process_start=str(values.get("process_start") or ""),
            heartbeat=_float(values.get("heartbeat")) or 0.0,
            message=str(values.get("message") or ""),
            examples_per_s=_float(values.get("examples_per_s")),
            seconds_left=_float(values.get("seconds_left")),
            held_out=_float(values.get("held_out", values.get("held_out_accuracy"))),  # its name in older runs
            final=final if isinstance(final, dict) else {},
        )


def _finite_or_none(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _unreadable(place: str) -> RunUnreadable:
    next_step = "its metrics are still there; resume the run to have the file written again"
    return RunUnreadable("This run's status is damaged.", place, next_step)
