"""How long `status` takes, as a ratio to `import textual.app`, measured in turn in one run (goal: at most 1.3).

python benchmarks/status_against_textual.py [ROUNDS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lessons.solutions import write_solutions
from tutor.workspace import init_workspace

GOAL = 1.3


def seconds(command: list[str], environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        workspace = init_workspace(Path(folder) / "phase3").workspace
        write_solutions(workspace.root)
        environment = os.environ | {"PHASE3_WORKSPACE": str(workspace.root)}
        status = [sys.executable, "-P", "-m", "phase3_tutor", "status"]
        textual = [sys.executable, "-c", "import textual.app"]
        pairs = [(seconds(status, environment), seconds(textual, environment)) for _ in range(rounds + 1)][1:]
    ratios = [one / other for one, other in pairs]
    print(f"status {statistics.median(one for one, _ in pairs):.3f} s, ", end="")
    print(f"import textual.app {statistics.median(other for _, other in pairs):.3f} s, {rounds} pairs")
    print(f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}); goal at most {GOAL}")


if __name__ == "__main__":
    main()
