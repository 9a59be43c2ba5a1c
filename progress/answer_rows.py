"""What one row says of a question: the last answer to it, and how it came to that."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

Given = str | tuple[int, ...]  # what was typed, or the numbers of the chosen options


@dataclass(frozen=True)
class Answer:
    """One answer to one variant of a question. Seed and answer are kept, so that it can be graded again."""

    id: str
    seed: int
    answer: Given
    is_right: bool
    answered_at: str = ""  # ISO 8601
    misconception: int | None = None  # its place in the question's file
    gave_up: bool = False
    content_version: str = ""

    def to_row(self) -> dict[str, Any]:
        """Plain values for the record."""
        answer = self.answer if isinstance(self.answer, str) else list(self.answer)
        return {**asdict(self), "answer": answer}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Answer":
        """Read a row; keys of another version are ignored."""
        names = {field.name for field in fields(cls)}
        known: dict[str, Any] = {key: value for key, value in row.items() if key in names}
        if isinstance(known["answer"], list):
            known["answer"] = tuple(known["answer"])
        return cls(**known)


@dataclass(frozen=True)
class QuestionEvidence:
    """The last answer to a question, and how often it was answered, rightly answered and given up."""

    last: Answer
    attempts: int = 0
    rights: int = 0
    given_up: int = 0

    @property
    def id(self) -> str:
        return self.last.id

    def after(self, answer: Answer) -> "QuestionEvidence":
        """This row with the next answer taken in; giving up is no attempt."""
        return replace(
            self,
            last=answer,
            attempts=self.attempts + (not answer.gave_up),
            rights=self.rights + answer.is_right,
            given_up=self.given_up + answer.gave_up,
        )

    def to_row(self) -> dict[str, Any]:
        """Plain values for the record, keyed by the question's id."""
        counts = {"attempts": self.attempts, "rights": self.rights, "given_up": self.given_up}
        return {"id": self.id, "last": self.last.to_row(), **counts}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "QuestionEvidence":
        """Read a row; keys of another version are ignored."""
        counts = {key: row.get(key, 0) for key in ("attempts", "rights", "given_up")}
        return cls(Answer.from_row(row["last"]), **counts)
