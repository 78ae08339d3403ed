"""Jobs and batches in the document."""

import json
from datetime import UTC, datetime
from typing import Final

from api import errors
from api.batches import LINE_TYPES, NDJSON
from api.openapi import examples
from api.openapi.everywhere import OFFSET_UNIT
from api.openapi.parts import REQUEST_ID, Operation, asked, header, in_path, json_answer, wish
from groundwork.errors import (
    InputError,
    StoreError,
    StoreUnavailableError,
    TooLargeError,
    UnsupportedMediaError,
)
from schemas.batch import BadLine, Batch, BatchCounts, BatchLine
from schemas.job import Job, JobError, JobState, Progress
from schemas.problem import type_of
from schemas.requests import TextRequest

_JOB_ID: Final = "job_5f0c1c3e9a7b4d0e8f2a6b1c"
_BATCH_ID: Final = "batch_5f0c1c3e9a7b4d0e8f2a6b1c"
_WHEN: Final = datetime(2026, 3, 2, 8, 15, 30, tzinfo=UTC)

JOB: Final = Job(
    id=_JOB_ID,
    state=JobState.SUCCEEDED,
    created_at=_WHEN,
    started_at=_WHEN,
    finished_at=_WHEN,
    attempts=1,
    progress=Progress(done=3, total=3),
    result_id=examples.RESULT.id,
    result=f"/v1/reports/{examples.RESULT.id}",
)
QUEUED: Final = Job(id=_JOB_ID, state=JobState.QUEUED, created_at=_WHEN)
FAILED: Final = Job(
    id=_JOB_ID,
    state=JobState.FAILED,
    created_at=_WHEN,
    finished_at=_WHEN,
    attempts=6,
    error=JobError(type="/problems/engine", detail="the endpoint failed"),
)
BATCH: Final = Batch(
    id=_BATCH_ID,
    state=JobState.RUNNING,
    created_at=_WHEN,
    counts=BatchCounts(total=300, waiting=120, succeeded=178, failed=1, rejected=1),
    bad_lines=[BadLine(line=17, detail="/custom_id: Field required")],
    results=f"/v1/batches/{_BATCH_ID}/results",
)
_LINE: Final = BatchLine(custom_id="2023-000117", body=TextRequest(text=examples.REPORT))

_RETRY: Final = {"Retry-After": header("Seconds after which asking again may tell more.", "2")}
_STORE: Final = (errors.INTERNAL, type_of(StoreUnavailableError), type_of(StoreError))
_ONE: Final = (errors.NOT_FOUND, *_STORE)
_JOB_PARAMETER: Final = in_path("job_id", "The `id` of a Job.", _JOB_ID)
_BATCH_PARAMETER: Final = in_path("batch_id", "The `id` of a Batch.", _BATCH_ID)
WEBHOOK: Final = asked(
    "webhook",
    "https address that is told of the end, signed as in Standard Webhooks.",
    {"type": "string", "format": "uri"},
    "https://example.org/groundwork",
)
PREFER: Final = wish(
    "Prefer",
    "`respond-async`: answer 202 with a job. `wait=SECONDS`: wait so long for it before that.",
    "respond-async, wait=10",
)
ACCEPTED_JOB: Final = json_answer(
    "The report is structured in the background.",
    "Job",
    examples.plain(QUEUED),
    _RETRY
    | {
        "Location": header("Where to ask for the job.", f"/v1/jobs/{_JOB_ID}"),
        "Preference-Applied": header("What of Prefer is honoured.", "respond-async"),
    },
    name="已排队",
)
_ACCEPTED_BATCH: Final = _RETRY | {
    "Location": header("Where to ask for the batch.", f"/v1/batches/{_BATCH_ID}")
}
_EVENTS: Final = (
    'id: 1772439330000-0\nevent: running\ndata: {"state":"running"}\n\n'
    'id: 1772439331000-0\nevent: item\ndata: {"id":"r1i1","kind":"achievement",'
    '"text":"新认定高新技术企业42家"}\n\n'
    'id: 1772439332000-0\nevent: done\ndata: {"state":"succeeded"}\n\n'
)
_ANSWER_LINE: Final = json.dumps(
    {
        "id": f"{_BATCH_ID}-17",
        "custom_id": None,
        "response": None,
        "error": {"code": "invalid_line", "message": "line 17: /custom_id: Field required"},
    },
    ensure_ascii=False,
)

BACKGROUND: Final[dict[str, Operation]] = {
    "getJob": Operation(
        parameters=[
            _JOB_PARAMETER,
            asked(
                "wait",
                "Seconds to wait for the job's end before answering.",
                {"type": "integer", "minimum": 0, "maximum": 60},
                30,
            ),
        ],
        answers={200: json_answer("The job.", "Job", examples.plain(JOB), _RETRY, name="已完成")},
        problems=(errors.BAD_REQUEST, *_ONE),
    ),
    "followJob": Operation(
        parameters=[
            _JOB_PARAMETER,
            OFFSET_UNIT,
            wish("Last-Event-ID", "The last event that was seen.", "1772439330000-0"),
        ],
        answers={
            200: {
                "description": "Events: queued, running, chunk, item, usage, retry, done.",
                "headers": REQUEST_ID,
                "content": {
                    "text/event-stream": {
                        "schema": {"type": "string"},
                        "examples": {"事件流": {"value": _EVENTS}},
                    }
                },
            }
        },
        problems=(errors.BAD_REQUEST, *_ONE),
    ),
    "cancelJob": Operation(
        parameters=[_JOB_PARAMETER],
        answers={
            200: json_answer("The job.", "Job", examples.plain(FAILED), name="已失败，取消无效")
        },
        problems=_ONE,
    ),
    "createBatch": Operation(
        body={
            "required": True,
            "description": "One report a line: `custom_id`, the sender's name for it, and `body`.",
            "content": {
                kind: {
                    "schema": {"type": "string", "minLength": 1},
                    "examples": {"一行一份": {"value": _LINE.model_dump_json(exclude_none=True)}},
                }
                for kind in LINE_TYPES
            },
        },
        parameters=[WEBHOOK],
        answers={
            202: json_answer(
                "The batch is being worked on.",
                "Batch",
                examples.plain(BATCH),
                _ACCEPTED_BATCH,
                name="进行中",
            )
        },
        problems=(
            errors.BAD_REQUEST,
            errors.SLOW_BODY,
            type_of(TooLargeError),
            type_of(UnsupportedMediaError),
            type_of(InputError),
            *_STORE,
        ),
    ),
    "getBatch": Operation(
        parameters=[_BATCH_PARAMETER],
        answers={
            200: json_answer("The batch.", "Batch", examples.plain(BATCH), _RETRY, name="进行中")
        },
        problems=_ONE,
    ),
    "getBatchResults": Operation(
        parameters=[_BATCH_PARAMETER, OFFSET_UNIT],
        answers={
            200: {
                "description": "The answers, a BatchAnswer a line.",
                "headers": REQUEST_ID,
                "content": {
                    NDJSON: {
                        "schema": {"type": "string"},
                        "examples": {
                            "第17行不是请求": {"summary": "第17行不是请求", "value": _ANSWER_LINE}
                        },
                    }
                },
            }
        },
        problems=(errors.BAD_REQUEST, *_ONE),
    ),
    "cancelBatch": Operation(
        parameters=[_BATCH_PARAMETER],
        answers={200: json_answer("The batch.", "Batch", examples.plain(BATCH), name="批次")},
        problems=_ONE,
    ),
    "resumeBatch": Operation(
        parameters=[_BATCH_PARAMETER],
        answers={
            202: json_answer(
                "The batch.", "Batch", examples.plain(BATCH), _ACCEPTED_BATCH, name="进行中"
            )
        },
        problems=_ONE,
    ),
}
