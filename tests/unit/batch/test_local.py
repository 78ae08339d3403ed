"""Work done without a server: by rules in processes, by a model from here."""

import asyncio
import json

import pytest

from groundwork.batch.local import LocalEngine, LocalRules
from groundwork.engine.rules import RuleEngine
from groundwork.errors import EmptyTextError, GroundworkError, TooLargeError

REPORT = "一、工作成效\n新建公厕14座。"


def test_rules_work_in_processes_and_tell_their_errors() -> None:
    async def work() -> tuple[bytes, list[BaseException]]:
        local = LocalRules(2, max_characters=100)
        try:
            done = await local.structure(REPORT.encode("gb18030"), "a.txt")
            faults = await asyncio.gather(
                local.structure(" ", None),
                local.structure("一" * 101, None),
                return_exceptions=True,
            )
            return done.body, [fault for fault in faults if isinstance(fault, BaseException)]
        finally:
            await local.close()

    body, faults = asyncio.run(work())
    assert json.loads(body)["source"]["encoding"] == "gb18030"
    assert [type(fault) for fault in faults] == [EmptyTextError, TooLargeError]


class ClosingEngine(RuleEngine):
    """Remembers that it was closed, as a model's client wants to be."""

    closed = False

    async def close(self) -> None:
        self.closed = True


def test_an_engine_works_from_here_and_is_closed() -> None:
    engine = ClosingEngine()

    async def work() -> bytes:
        local = LocalEngine(engine, max_characters=100)
        with pytest.raises(GroundworkError):
            await local.structure("一" * 101, None)
        done = await local.structure(REPORT, None)
        await local.close()
        return done.body

    assert json.loads(asyncio.run(work()))["reports"][0]["items"]
    assert engine.closed
