"""The figure of a lesson as plain text, at a step that shows what it is about."""

from lessons.catalog import Lesson
from lessons.figures.kernel_walk import KernelWalk
from tutor.drawing.charset import UNICODE, Charset
from tutor.drawing.kernel_walk import draw_kernel_walk
from tutor.drawing.rows import Row


def draw_lesson_figure(lesson: Lesson, width: int, charset: Charset = UNICODE) -> list[Row]:
    """Nothing where the lesson has none."""
    if lesson.figure == "kernel_walk":
        return draw_kernel_walk(KernelWalk(), width, charset)
    return []
