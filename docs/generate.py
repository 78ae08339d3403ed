"""Write the pages that the program itself knows best: ``make docs``.

``errors.md``, ``settings.md`` and ``cli.md`` come from their tables. In ``api.md`` only what stands
between ``<!-- name -->`` and ``<!-- /name -->`` does; its examples are asked for and answered here.
A test fails when a page is stale.
"""

import asyncio
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import structlog
import typer
from typer.main import get_command

from api.app import create_app
from api.errors import KINDS
from groundwork.cli.app import app as cli
from groundwork.engine.rules import RuleEngine
from groundwork.services import Limits, Services
from groundwork.settings import Settings
from groundwork.store.memory import MemoryStore

HERE: Final = Path(__file__).parent
_METHODS: Final = ("get", "post", "delete")
_TEXT: Final = (
    "云溪市科技局2023年工作总结\n\n一、主要成效\n新认定高新技术企业42家,同比增长16.7%。\n"
)
_CLAIMS: Final = {
    "source": "全年新增专利申请2716件,其中发明专利申请918件。",
    "claims": [{"id": "c1", "text": "新增专利申请918件"}],
}


def pages() -> dict[str, str]:
    """Return every generated page by its name."""
    return {
        "errors.md": errors(),
        "settings.md": settings(),
        "cli.md": commands(),
        "api.md": filled((HERE / "api.md").read_text()),
    }


def errors() -> str:
    """Return the page of problem types."""
    lines = [
        "# Problem types",
        "",
        "Every error is `application/problem+json` (RFC 9457). Its `type` is stable and explained",
        "at its own address, `GET /problems/…`; `detail` says what happened this time, `errors`",
        "points at places of the body, `request_id` stands in the log. None quotes the report.",
        "",
        "| type | status | title | 说明 |",
        "|---|---|---|---|",
    ]
    rows = sorted(KINDS.items(), key=lambda row: (row[1].status, row[0]))
    lines += [f"| `{kind}` | {row.status} | {row.title} | {row.zh} |" for kind, row in rows]
    return "\n".join([*lines, ""])


def settings() -> str:
    """Return the page of settings."""
    lines = [
        "# Settings",
        "",
        "Each is an environment variable, or a line of a file `.env` in the working directory; the"
        " environment wins.",
        "[.env.example](../.env.example) lists the same ones.",
        "",
        "| variable | default | meaning |",
        "|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, "") else f"`{field.default!s}`"
        default = default.lower() if isinstance(field.default, bool) else default
        meaning = (field.description or "").replace("|", "\\|")
        lines.append(f"| `GROUNDWORK_{name.upper()}` | {default} | {meaning} |")
    return "\n".join([*lines, ""])


def commands() -> str:
    """Return the page of the command line."""
    lines = ["# The command line", ""]
    for path, command in _commands(get_command(cli), "groundwork"):
        lines += [f"## {path}", "", _plain(command.help or ""), ""]
        rows = [row for parameter in command.params if (row := _parameter(parameter))]
        if rows:
            lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _commands(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", {})
    yield path, command
    for name in sorted(inner):
        yield from _commands(inner[name], f"{path} {name}")


def _parameter(parameter: Any) -> str | None:
    told = getattr(parameter, "help", None)
    if not told or getattr(parameter, "hidden", False):
        return None
    is_option = isinstance(parameter, typer.core.TyperOption)
    shown = ", ".join(parameter.opts) if is_option else parameter.name.upper()
    return f"| `{shown}` | {_plain(told).replace('|', chr(92) + '|')} |"


def _plain(text: str) -> str:
    return re.sub(r"(?<!\n)\n[ \t]*(?!\n)", " ", text.strip())


def filled(page: str) -> str:
    """Return a page with its marked places written anew."""
    for name, write in _PLACES.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        place = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        page = place.sub(
            lambda _, name=name, write=write: f"<!-- {name} -->\n{write()}\n<!-- /{name} -->", page
        )  # type: ignore[misc]
    return page


def operations() -> str:
    """Return the table of routes."""
    document = create_app(Settings(_env_file=None)).openapi_schema.to_schema()
    lines = ["| route | what it does |", "|---|---|"]
    lines += [
        f"| `{method.upper()} {path}` | {item[method]['summary']} |"
        for path, item in document["paths"].items()
        for method in _METHODS
        if method in item
    ]
    return "\n".join(lines)


def report_example() -> str:
    """Return a request for a report and the heart of its answer."""
    answer = _ask("/v1/reports", {"text": _TEXT})
    (item, *_) = answer["reports"][0]["items"]
    shown = {
        "id": "…",
        "reports": [
            {
                "title": answer["reports"][0]["title"],
                "items": [
                    {
                        "kind": item["kind"],
                        "text": item["text"],
                        "evidence": item["evidence"],
                        "status": item["status"],
                        "quantities": [
                            {
                                "quantity": {
                                    name: check["quantity"][name]
                                    for name in ("value", "unit", "change", "label")
                                },
                                "verdict": check["verdict"],
                            }
                            for check in item["quantities"]
                        ],
                    }
                ],
            }
        ],
    }
    return _exchange("/v1/reports", {"text": _TEXT}, shown)


def verification_example() -> str:
    """Return a verification and the heart of its answer."""
    answer = _ask("/v1/verifications", _CLAIMS)
    (claim,) = answer["claims"]
    (check,) = claim["quantities"]
    shown = {
        "claims": [
            {
                "id": claim["id"],
                "verdict": claim["verdict"],
                "quantities": [
                    {
                        "verdict": check["verdict"],
                        "reasons": check["reasons"],
                        "explanation": check["explanation"],
                    }
                ],
            }
        ]
    }
    return _exchange("/v1/verifications", _CLAIMS, shown)


def problem_example() -> str:
    """Return what a mistake is answered with."""
    answer = _ask("/v1/verifications", {"source": "新增42家。"}, status=422)
    return _exchange("/v1/verifications", {"source": "新增42家。"}, {**answer, "request_id": "…"})


_PLACES: Final[dict[str, Callable[[], str]]] = {
    "operations": operations,
    "report": report_example,
    "verification": verification_example,
    "problem": problem_example,
}


def _exchange(path: str, sent: Any, answered: Any) -> str:
    body = json.dumps(sent, ensure_ascii=False)
    pretty = json.dumps(answered, ensure_ascii=False, indent=2)
    head = f"POST {path}\nContent-Type: application/json\n\n{body}"
    return f"```http\n{head}\n```\n\n```json\n{pretty}\n```"


def _ask(path: str, body: Any, status: int = 200) -> Any:
    async def ask() -> Any:
        services = Services(RuleEngine(), MemoryStore(), Limits(9_999, 9, 9.0), result_ttl_s=9)
        transport = httpx.ASGITransport(app=create_app(Settings(_env_file=None), services))  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://docs.local") as client:
            answer = await client.post(path, json=body)
        await services.stop()
        if answer.status_code != status:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer.json()

    return asyncio.run(ask())


def main() -> int:
    """Write the pages."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name, text in pages().items():
        (HERE / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
