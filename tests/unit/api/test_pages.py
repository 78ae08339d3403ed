"""The viewer's files: served whole, under a policy that its own markup keeps."""

import re
from pathlib import Path
from typing import Any

import pytest

from api.web.pages import POLICY

pytestmark = pytest.mark.anyio

VIEWER = Path(__file__).parents[3] / "api" / "web" / "viewer"
FILES = sorted(path.relative_to(VIEWER).as_posix() for path in VIEWER.rglob("*") if path.is_file())
LONGEST = 300


async def test_the_page_forbids_what_it_does_not_use(client: Any) -> None:
    answer = await client.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert POLICY in answer.headers.get_list("content-security-policy")
    assert "unsafe" not in POLICY
    page = answer.text
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|https?://", page)


@pytest.mark.parametrize("name", FILES)
async def test_every_file_is_served_and_asked_for_again(client: Any, name: str) -> None:
    answer = await client.get(f"/viewer/{name}")
    assert answer.content == (VIEWER / name).read_bytes()
    assert answer.headers["cache-control"] == "no-cache"
    again = await client.get(f"/viewer/{name}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


async def test_the_page_names_only_files_that_exist(client: Any) -> None:
    page = (await client.get("/")).text
    named = re.findall(r'(?:src|href)="(/viewer/[^"]+)"', page)
    assert len(named) > 5
    assert {name.removeprefix("/viewer/") for name in named} <= set(FILES)


@pytest.mark.parametrize("path", ["nothing.js", "../pages.py", "%2e%2e/pages.py", ""])
async def test_nothing_else_is_served(client: Any, path: str) -> None:
    answer = await client.get(f"/viewer/{path}")
    assert answer.status_code == 404


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".js")])
def test_scripts_are_short_and_never_make_markup_from_text(name: str) -> None:
    script = (VIEWER / name).read_text(encoding="utf-8")
    assert len(script.splitlines()) <= LONGEST
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script)


async def test_a_problem_is_a_page_for_browsers_and_data_for_programs(client: Any) -> None:
    page = await client.get("/problems/too-large", headers={"accept": "text/html,*/*;q=0.8"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "内容超出上限" in page.text
    assert "There is too much of it" in page.text
    data = await client.get("/problems/too-large")
    assert data.json()["type"] == "/problems/too-large"
    assert page.headers["vary"] == data.headers["vary"] == "Accept"


@pytest.mark.parametrize("path", ["/schema", "/problems/timeout"])
async def test_pages_beside_the_viewer_lead_back_to_it(client: Any, path: str) -> None:
    page = (await client.get(path, headers={"accept": "text/html"})).text
    assert '<a class="brand" href="/">' in page
    named = re.findall(r'(?:src|href)="/viewer/([^"]+)"', page)
    assert {"css/base.css", "css/page.css"} <= set(named) <= set(FILES)
