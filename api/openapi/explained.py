"""What the explanation of a problem looks like: to programs, and to browsers."""

from api import errors
from api.openapi import examples
from api.openapi.parts import Json, json_answer
from api.web.problems import problem_page
from groundwork.errors import EmptyTextError
from schemas.problem import ProblemType, type_of


def explained_answer() -> Json:
    """Return the 200 of the operation that explains a type of problem."""
    kind = type_of(EmptyTextError)
    known = errors.KINDS[kind]
    told = ProblemType(type=kind, title=known.title, zh=known.zh, status=known.status)
    answer = json_answer(
        "What the type means; as a page to whoever accepts `text/html`.",
        "ProblemType",
        examples.plain(told),
        name="空文本",
    )
    page = {"网页": {"summary": "网页", "value": problem_page(told).decode()}}
    shown = {"schema": {"type": "string"}, "examples": page}
    return {**answer, "content": {**answer["content"], "text/html": shown}}
