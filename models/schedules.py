"""Learning rate and image size as functions of the step alone: nothing to save, nothing to restore."""

from models.recipe import learning_rate


def one_cycle(step: int, total_steps: int, peak: float, warmup: float) -> float:
    """Rise in a straight line for the first `warmup` of all steps, then fall in one to nothing.

    Smith and Topin 2017 (1708.07120), in its simplest form.
    """
    rising = max(1.0, warmup * total_steps)
    if step < rising:
        return peak * (step + 1) / (rising + 1)
    return peak * (total_steps - step) / max(1.0, total_steps - rising)


def divided_by_ten_twice(step: int, total_steps: int, peak: float, warmup: float) -> float:
    """The peak, a tenth of it after half of all steps, a hundredth after three quarters.

    With 64,000 steps that is at 32,000 and 48,000; `warmup` of them go first at a tenth, for 110 layers.
    He et al. 2015 (1512.03385), section 4.2.
    """
    if step < warmup * total_steps:
        return peak / 10
    return learning_rate(step, peak, drops=(total_steps // 2, total_steps * 3 // 4))


def image_size(step: int, total_steps: int, first: int, full: int, grown_after: float) -> int:
    """The side of the training images: from `first` up in steps of 4 pixels, `full` after that share of all steps.

    A convolution's work grows with the square of the side, so the early steps are cheap.
    """
    sizes = range(first, full, 4)
    if not sizes or step >= grown_after * total_steps:
        return full
    return sizes[int(step / (grown_after * total_steps) * len(sizes))]


SCHEDULES = {"one-cycle": one_cycle, "paper": divided_by_ten_twice}
