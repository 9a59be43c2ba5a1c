"""phase3-tutor: a terminal tutor for the mathematics of neural architectures.

The installed package `phase3_tutor` is this file. In a wheel the four rooms lie beside it, and its folder is put on the
path so that they are found by their plain names; in an editable install they are on the path already.
"""

import sys
from pathlib import Path


def main() -> None:
    """Run the command line, or the child process that the arguments name; ends by SystemExit."""
    here = Path(__file__).resolve().parent
    if (here / "tutor").is_dir() and str(here) not in sys.path:
        sys.path.insert(0, str(here))
    from tutor.entry import run

    raise SystemExit(run(sys.argv[1:]))
