"""No page of ours links to what is not there; and the check would notice."""

from pathlib import Path

import pytest

from tests.contract import dead_links


@pytest.mark.parametrize(
    "page", dead_links.pages(), ids=lambda page: str(page.relative_to(dead_links.ROOT))
)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links.dead_links(page) == []


def test_dead_links_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# One two\n\n## 中文 标题\n\n## One two\n")
    page = tmp_path / "page.md"
    page.write_text(
        "# Top\n[a](there.md) [b](there.md#one-two) [b2](there.md#one-two-1) [c](#top)\n"
        "[d](there.md#中文-标题) [w](https://example.org/none) ![i](gone.png)\n"
        "[x](gone.md) [y](there.md#three) [z](#bottom) `[code](gone.md)`\n\n"
        "```\n[fenced](gone.md)\n```\n[ref]: lost.md\n<img src='lost.png'>\n"
    )
    assert dead_links.dead_links(page) == [
        "gone.png",
        "gone.md",
        "there.md#three",
        "#bottom",
        "lost.md",
        "lost.png",
    ]
