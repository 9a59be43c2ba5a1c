"""How long a check takes when judge and runner are there already, and a cold one against `import torch`.

    python benchmarks/warm_check.py [ROUNDS]

Goals: warm at most 0.3 s; cold at most 1.5 times the import of torch.
"""

import asyncio
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


async def check_seconds(root: Path, rounds: int) -> tuple[float, dict[str, list[float]]]:
    """(the first check of a fresh judge, then all exercises `rounds` times)."""
    judge = JudgeClient()
    warm: dict[str, list[float]] = {exercise.id: [] for exercise in curriculum().exercises}
    try:
        begun = time.perf_counter()
        await judge.check(curriculum().exercises[0].id, root)
        cold = time.perf_counter() - begun
        for _ in range(rounds):
            for exercise_id, times in warm.items():
                begun = time.perf_counter()
                verdict = await judge.check(exercise_id, root)
                times.append(time.perf_counter() - begun)
                assert verdict.status == "passed", verdict
    finally:
        await judge.close()
    return cold, warm


def torch_seconds() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch"], check=True)
    return time.perf_counter() - begun


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        write_solutions(root)
        pairs = [(asyncio.run(check_seconds(root, 1))[0], torch_seconds()) for _ in range(5)]
        _, warm = asyncio.run(check_seconds(root, rounds))
    for exercise_id, times in warm.items():
        ordered = sorted(times)
        print(
            f"{exercise_id:20} median {statistics.median(times):.3f} s, p95 {ordered[int(0.95 * len(ordered))]:.3f} s"
        )
    every = [seconds for times in warm.values() for seconds in times]
    print(f"warm: median {statistics.median(every):.3f} s, goal at most {WARM_GOAL_S} s")
    ratios = [cold / imported for cold, imported in pairs]
    print(f"cold: {statistics.median(ratios):.2f} times import torch, goal at most {COLD_GOAL}; pairs", end=" ")
    print(" ".join(f"{cold:.2f}/{imported:.2f}" for cold, imported in pairs))


if __name__ == "__main__":
    main()
