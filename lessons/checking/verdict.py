"""A verdict: what the checker says of one exercise. Plain data, readable without torch."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

Status = Literal["passed", "variant", "fragile", "failed", "error", "timeout", "missing", "unverifiable"]
# A learner's first convolution loops over every pixel; watched, on a slow machine, it takes most of this.
TIME_LIMIT_S = 30.0
DONE: tuple[Status, ...] = ("passed", "variant", "fragile")


@dataclass(frozen=True)
class Verdict:
    """`message` is the learner's sentence, `detail` tells claim, shapes and place, the equations stand side by side."""

    id: str
    status: Status
    message: str
    mistake: str | None = None
    hint: str | None = None
    seconds: float = 0.0
    learner_seconds: float = 0.0  # of these, with the learner's file: loading it, and using it on every case
    seed: int = 0
    stdout: str = ""
    detail: tuple[str, ...] = ()
    right_equation: str | None = None
    learner_equation: str | None = None
    after: str | None = None

    def __post_init__(self) -> None:
        if self.status not in get_args(Status):
            raise ValueError(f"no verdict is called {self.status!r}; there are {', '.join(get_args(Status))}")

    @property
    def done(self) -> bool:
        return self.status in DONE

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"detail": list(self.detail)}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Verdict":
        values: dict[str, Any] = {**row, "detail": tuple(row.get("detail", ()))}
        return cls(**values)
