"""Asks the judge for verdicts."""

from pathlib import Path
from typing import Any

from lessons.checking.verdict import TIME_LIMIT_S, Verdict
from tutor.children import AnsweringChild
from tutor.refusals import NOT_VERIFIABLE, Refusal


class JudgeClient:
    """One judge process for as long as the client lives; a second check is warm."""

    def __init__(self, with_scripts: bool = False) -> None:
        """`with_scripts`: keep in `scripts`, by exercise, a program that repeats what a verdict tells by an input."""
        self._child = AnsweringChild("judge")
        self.with_scripts = with_scripts
        self.scripts: dict[str, str] = {}

    @property
    def is_warm(self) -> bool:
        """Whether torch is loaded: it has answered before."""
        return self._child.is_warm

    async def start(self) -> None:
        await self._child.start()

    async def check(
        self,
        exercise_id: str,
        root: Path,
        seed: int | None = None,
        timeout_s: float = TIME_LIMIT_S,
        file: Path | None = None,
    ) -> Verdict:
        """The verdict on `file`, by default the one that the exercise has in `root`."""
        question = {"check": exercise_id, "root": str(root), "seed": seed, "seconds": timeout_s}
        question |= {"file": str(file)} if file else {}
        question |= {"repro": True} if self.with_scripts else {}
        answer = await self._ask(question)
        script = answer.pop("repro", None)
        if script:
            self.scripts[exercise_id] = script
        return Verdict.from_json(answer)

    async def self_check(self, exercise_id: str) -> dict[str, Any]:
        """What the checker says of its own content for one exercise."""
        return await self._ask({"self": exercise_id})

    async def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Its answer; an answer that is an error is a Refusal."""
        answer = await self._child.ask(question)
        if "error" in answer:
            raise Refusal(answer["error"], "the judge", answer["next"], NOT_VERIFIABLE)
        return answer

    async def close(self) -> None:
        await self._child.close()
