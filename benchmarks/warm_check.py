"""How long a check takes when judge and runner are there already, and a cold one against `import torch`.

    python benchmarks/warm_check.py [ROUNDS]

Goals: warm at most 0.3 s; cold at most 1.5 times the import of torch. "Learner's file" is the share of a warm check
that goes into loading the submission and using it on every case; the rest starts the process, compares and answers.
"""

import asyncio
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lessons.catalog import curriculum
from lessons.solutions import write_solutions
from tutor.judge_client import JudgeClient

WARM_GOAL_S, COLD_GOAL = 0.3, 1.5


Timed = tuple[float, float]  # seconds of a check, and of these the seconds with the learner's file


async def check_seconds(root: Path, rounds: int) -> tuple[float, dict[str, list[Timed]]]:
    """(the first check of a fresh judge, then all exercises `rounds` times)."""
    judge = JudgeClient()
    warm: dict[str, list[Timed]] = {exercise.id: [] for exercise in curriculum().exercises}
    try:
        begun = time.perf_counter()
        await judge.check(curriculum().exercises[0].id, root)
        cold = time.perf_counter() - begun
        for _ in range(rounds):
            for exercise_id, times in warm.items():
                begun = time.perf_counter()
                verdict = await judge.check(exercise_id, root)
                times.append((time.perf_counter() - begun, verdict.learner_seconds))
                assert verdict.status == "passed", verdict
    finally:
        await judge.close()
    return cold, warm


def told(name: str, times: list[Timed]) -> str:
    """One row: median, p95, and the share of the time that was spent with the learner's file."""
    seconds = sorted(whole for whole, _ in times)
    p95 = seconds[max(math.ceil(0.95 * len(seconds)) - 1, 0)]
    share = sum(theirs for _, theirs in times) / sum(seconds)
    return f"{name:24} median {statistics.median(seconds):.3f} s   p95 {p95:.3f} s   learner's file {share:4.0%}"


def torch_seconds() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
    return time.perf_counter() - begun


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        write_solutions(root)
        pairs = [(asyncio.run(check_seconds(root, 0))[0], torch_seconds()) for _ in range(5)]
        _, warm = asyncio.run(check_seconds(root, rounds))
    for exercise_id, times in warm.items():
        print(told(exercise_id, times))
    print(told("all", [each for times in warm.values() for each in times]))
    print(f"goal: at most {WARM_GOAL_S} s")
    ratios = [cold / imported for cold, imported in pairs]
    print(f"cold: {statistics.median(ratios):.2f} times import torch, goal at most {COLD_GOAL}; pairs", end=" ")
    print(" ".join(f"{cold:.2f}/{imported:.2f}" for cold, imported in pairs))


if __name__ == "__main__":
    main()
