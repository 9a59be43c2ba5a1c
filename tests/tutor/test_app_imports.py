import subprocess
import sys

import pytest


def loaded_by(module: str) -> set[str]:
    """The names of all modules that a fresh interpreter has after importing one."""
    program = f"import sys; import {module}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_app_never_loads_torch():
    assert not {"torch", "torchvision", "sklearn", "numpy"} & loaded_by("tutor.app")


@pytest.mark.parametrize(
    "module", ["course_map", "curve", "feature_pages", "figures.kernel_walk", "run_card", "verdict_card"]
)
def test_a_drawing_never_loads_textual(module):
    assert "textual" not in loaded_by(f"tutor.drawing.{module}")
