"""docs/questions.md shows the format by example: what it shows is read, varies and holds."""

import re
from pathlib import Path

from lessons.questions.bank import read_questions
from lessons.questions.linting import question_problems
from lessons.questions.numeric import NumericQuestion

PAGE = Path(__file__).parents[3] / "docs" / "questions.md"
NUMBER, CHOICE = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
OTHERS = "".join(
    f'[[question.option]]\ntext = "s{n}"\nholds = {str(n < 1).lower()}\nwhy = "because"\n' for n in range(5)
)


def test_the_examples_of_the_page_are_questions_without_problems(tmp_path):
    file = tmp_path / "pooling.questions.toml"
    file.write_text(f"{NUMBER}\n{CHOICE}\n{OTHERS}", encoding="utf-8")
    number, choice = read_questions(file)
    assert isinstance(number, NumericQuestion)
    assert [*question_problems(number), *question_problems(choice)] == []
