"""Asks the lab about a run: its feature maps, its accuracy when it is evaluated again."""

from typing import Any

from tutor.children import AnsweringChild
from tutor.refusals import NOT_VERIFIABLE, Refusal


class LabClient:
    """One lab process; it loads a checkpoint when it is asked about it."""

    def __init__(self) -> None:
        self._child = AnsweringChild("lab")

    async def start(self) -> None:
        await self._child.start()

    async def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        """Its answer; an answer that is an error is a Refusal."""
        answer = await self._child.ask(question)
        if "error" in answer:
            place, code = str(question.get("run", "the lab")), answer.get("code", NOT_VERIFIABLE)
            raise Refusal(answer["error"], place, answer.get("next", ""), code)
        return answer

    async def rest(self) -> None:
        """Give its memory back; the next question starts it again."""
        await self._child.rest()

    async def close(self) -> None:
        await self._child.close()
