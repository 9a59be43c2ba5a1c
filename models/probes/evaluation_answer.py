"""The lab's answer about a run's held-out result: computed again, beside what the run recorded."""

from typing import Any

from models.trained_net import TrainedNet

_EXAMPLES_APART = 2.5  # another processor rounds otherwise, and an example on the edge may change sides


def evaluation_answer(trained: TrainedNet) -> dict[str, Any]:
    """What the checkpoint's weights give, and whether that agrees with metrics.jsonl."""
    task, metric = trained.task, trained.metric
    differences = task.verify_twins(task.held_out_batch())
    found, recorded = task.evaluate("held_out"), trained.recorded()
    same_step = recorded is not None and recorded[0] == trained.step
    apart = abs(found[metric.key] - recorded[1]) if recorded else 0.0
    allowed = metric.rounding or _EXAMPLES_APART / task.held_out_examples
    return {
        "run": trained.run.id,
        "step": trained.step,
        "found": found[metric.key],
        "recorded": recorded[1] if recorded else None,
        "recorded_step": recorded[0] if recorded else None,
        "allowed": allowed,  # how far two computations of it may lie apart
        # None where the checkpoint was not taken at an evaluation: there is nothing to compare it with.
        "agrees": apart <= allowed if same_step else None,
        "twin": differences,
    }
