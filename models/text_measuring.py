"""After a character model's last step: what it says is measured, and kept for the run's card."""

from models.coherence_facts import KEPT, keep_coherence
from models.failure_words import words_for
from models.figures.time_limit import TookTooLong, time_limit
from models.metric import NATS
from models.probes.coherence_answer import SIZE, held_against_text
from models.probes.sample_answer import sample_answer
from models.run_errors import RunError
from models.stop_signals import StopNow
from models.trained_net import TrainedNet
from models.training_session import TrainingSession

PATIENCE_S = 180.0  # for the learner's own `sample`; 5,000 characters take some seconds


class SampleHangs(RunError):
    """The learner's code does not come to an end."""


def measure_text(session: TrainingSession) -> None:
    """Keep what the finished run's text measures, or why it cannot be measured: the run has its result already."""
    if session.metric is not NATS or not session.placement.writes:
        return
    session.signals.leave_at_once()
    try:
        facts = _measured(TrainedNet(session.run, session.config, session.task, session.step))
    except StopNow:
        return
    except BaseException as error:  # a learner's `sample` may raise anything
        words = words_for(error, session.run.modules)
        session.board.log(f"What it says could not be measured. {words}")
        facts = {"step": session.step, "problem": words}
    keep_coherence(session.run, facts)


def _measured(trained: TrainedNet) -> dict:
    try:
        with time_limit(PATIENCE_S):
            said = sample_answer(trained, {**KEPT, "length": SIZE})
    except TookTooLong as error:
        thing = f"Your sample did not draw {SIZE:,} characters within {PATIENCE_S:g} s."
        raise SampleHangs(thing, "rnn/char_lm", "check it: phase3-tutor check rnn/char_lm") from error
    return held_against_text(trained, said, KEPT["seed"])
