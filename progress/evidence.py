"""What the learner has shown, as rows that can be checked again."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where

from progress.answer_rows import Answer, QuestionEvidence
from progress.evidence_rows import ExerciseEvidence, GivenUp, RunEvidence
from progress.journal import Journal
from progress.prediction_rows import Predicted, in_order, sound_rows
from progress.record import Record
from progress.record_errors import RecordError

__all__ = ["Answer", "EvidenceStore", "ExerciseEvidence", "GivenUp", "Predicted", "QuestionEvidence", "RunEvidence"]


class EvidenceStore:
    """The record of one workspace: the latest verdict on each exercise, hints and solutions shown, its runs,
    the latest answer to each question, what was predicted of each ablation.

    Rows are bounded (one per exercise, hint ladder, giving up, run, question, and seed of an ablation) and keyed by our
    own ids; what grows with each attempt goes to attempts.jsonl. Reading needs no lock; each change is one transaction.
    """

    def __init__(self, folder: Path) -> None:
        self.record = Record(Path(folder) / "progress.json")
        self.journal = Journal(Path(folder) / "attempts.jsonl")

    @property
    def notices(self) -> list[str]:
        """Sentences that the learner should see, such as that a damaged file was restored."""
        return self.record.notices

    def why_not_recording(self) -> RecordError | None:
        """What stands in the way of recording; None when nothing does."""
        return self.record.why_not_writable()

    def known_workspace_id(self) -> str:
        """The same name if it was made already, else ""; reads only."""
        found = self._row(self.record.snapshot(), "workspace", "key", "id")
        return found["value"] if found else ""

    def workspace_id(self) -> str:
        """The name that evidence of this workspace carries, wherever its folder is moved; made once."""
        known = self.known_workspace_id()
        if known:
            return known
        with self.record.transaction() as database:
            found = self._row(database, "workspace", "key", "id")  # another tutor may have been faster
            row = found or {"key": "id", "value": os.urandom(8).hex()}
            if not found:
                database.table("workspace").insert(row)
        return row["value"]

    def add_verdicts(self, verdicts: Iterable[Mapping[str, Any]]) -> None:
        """Record what one check saw, all of it or nothing; each verdict has at least an id and a status."""
        stamped = [{"checked_at": _now(), **verdict} for verdict in verdicts]
        with self.record.transaction() as database:
            table = database.table("exercises")
            for verdict in stamped:
                known = self._row(database, "exercises", "id", verdict["id"])
                before = known or {"id": verdict["id"], "status": "", "checked_at": ""}
                row = ExerciseEvidence.from_row(before).after(verdict).to_row()
                table.upsert(row, where("id") == verdict["id"])
                self._change_given_up(database, verdict["id"], lambda given_up, seen=verdict: given_up.after(seen))
        self._note([_event(verdict) for verdict in stamped])

    def verdicts(self) -> dict[str, ExerciseEvidence]:
        """The latest verdict on each exercise that was ever checked, by id."""
        database = self.record.snapshot()
        hints = _hints(database)
        rows = database.table("exercises").all()
        return {row["id"]: ExerciseEvidence.from_row(row, hints.get(row["id"], 0)) for row in rows}

    def hint_shown(self, exercise_id: str) -> int:
        """Note that one more hint of this exercise was shown; how many that makes."""
        with self.record.transaction() as database:
            known = self._row(database, "hints", "id", exercise_id)
            shown = (known["shown"] if known else 0) + 1
            database.table("hints").upsert({"id": exercise_id, "shown": shown}, where("id") == exercise_id)
        self._note([{"event": "hint", "id": exercise_id, "shown": shown, "at": _now()}])
        return shown

    def hints_shown(self) -> dict[str, int]:
        """How many hints of each exercise were shown, also of those never checked."""
        return _hints(self.record.snapshot())

    def give_up(self, exercise_id: str) -> str:
        """Note that the solution was asked for before the exercise had passed; when that was, the first time."""
        with self.record.transaction() as database:
            known = self._row(database, "given_up", "id", exercise_id)
            row = known or GivenUp(exercise_id, _now()).to_row()
            if not known:
                database.table("given_up").insert(row)
        if not known:
            self._note([{"event": "give-up", "id": exercise_id, "at": row["at"]}])
        return row["at"]

    def note_reset(self, exercise_id: str) -> None:
        """Note that the stub is back of an exercise that was given up: from here on it can be solved anew."""
        if exercise_id not in self.given_up():
            return
        at = _now()
        with self.record.transaction() as database:
            self._change_given_up(database, exercise_id, lambda given_up: given_up.after_reset(at))
        self._note([{"event": "reset", "id": exercise_id, "at": at}])

    def given_up(self) -> dict[str, GivenUp]:
        """The exercises that were given up. A row stays: solving it anew is noted in it."""
        rows = self.record.snapshot().table("given_up").all()
        return {row["id"]: GivenUp.from_row(row) for row in rows}

    def _change_given_up(self, database: TinyDB, exercise_id: str, change: Callable[[GivenUp], GivenUp]) -> None:
        known = self._row(database, "given_up", "id", exercise_id)
        if known:
            row = change(GivenUp.from_row(known)).to_row()
            database.table("given_up").update(row, where("id") == exercise_id)

    def add_run(self, run: RunEvidence) -> None:
        """Record a run, in place of what was recorded of it before."""
        with self.record.transaction() as database:
            database.table("runs").upsert(run.to_row(), where("run_id") == run.run_id)
        self._note([{"event": "run", "at": _now(), **run.to_row()}])

    def runs(self) -> list[RunEvidence]:
        """Every recorded run, the first recorded first."""
        return [RunEvidence.from_row(row) for row in self.record.snapshot().table("runs").all()]

    def add_answers(self, answers: Iterable[Answer]) -> None:
        """Record answers to questions, right ones and wrong ones, all of them or none; oldest first."""
        stamped = [replace(answer, answered_at=answer.answered_at or _now()) for answer in answers]
        with self.record.transaction() as database:
            table = database.table("questions")
            for answer in stamped:
                known = self._row(database, "questions", "id", answer.id)
                before = QuestionEvidence.from_row(known) if known else QuestionEvidence(answer)
                table.upsert(before.after(answer).to_row(), where("id") == answer.id)
        self._note([_event_of_answer(answer) for answer in stamped])

    def answers(self) -> dict[str, QuestionEvidence]:
        """The latest answer to each question that was ever answered, by id."""
        rows = self.record.snapshot().table("questions").all()
        return {row["id"]: QuestionEvidence.from_row(row) for row in rows}

    def seal(self, wanted: Sequence[Predicted]) -> list[Predicted]:
        """Record predictions for good, each chained to the one before, and return what now stands in the record.

        For an experiment and seed that were predicted before, what was said first stands and is returned.
        """
        standing, added, at = [], [], _now()
        with self.record.transaction() as database:
            rows = in_order(database.table("predictions").all())
            known = {(row.experiment, row.seed): row for row in sound_rows(rows)[0]}
            for prediction in wanted:
                found = known.get((prediction.experiment, prediction.seed))
                if found is None:
                    found = prediction.sealed_after(rows, at)
                    rows.append(found.to_row())
                    added.append(found)
                standing.append(found)
            database.table("predictions").insert_multiple(row.to_row() for row in added)
        self._note([{"event": "prediction", "at": row.sealed_at, **row.to_row()} for row in added])
        return standing

    def predictions(self) -> list[Predicted]:
        """Every prediction that is as it was sealed, oldest first; `notices` tells of those that are not."""
        sound, sentences = sound_rows(self.record.snapshot().table("predictions").all())
        self.notices.extend(sentence for sentence in sentences if sentence not in self.notices)
        return sound

    def _note(self, events: Sequence[Mapping[str, Any]]) -> None:
        try:
            self.journal.append(events)
        except OSError as error:  # the evidence is recorded; only the history lacks a line
            self.notices.append(f"Recorded, but not added to the history: {error} ({self.journal.path})")

    @staticmethod
    def _row(database: TinyDB, table: str, key: str, value: str) -> dict[str, Any] | None:
        rows = database.table(table).search(where(key) == value)
        return dict(rows[0]) if rows else None


def _hints(database: TinyDB) -> dict[str, int]:
    return {row["id"]: row["shown"] for row in database.table("hints").all()}


def _event(verdict: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("id", "status", "mistake", "fingerprint", "content_version", "seed", "seconds")
    return {
        "event": "check",
        "at": verdict["checked_at"],
        **{key: verdict[key] for key in kept if key in verdict},
    }


def _event_of_answer(answer: Answer) -> dict[str, Any]:
    row = answer.to_row()
    return {"event": "answer", "at": row.pop("answered_at"), **row}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
