"""Compile ``src/*.txt`` into ``text/`` and ``gold/``: ``python -m benchmarks.corpus``."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus.markup import MarkupError, compile_source

HERE = Path(__file__).parent


def outputs() -> Iterator[tuple[Path, str]]:
    """Yield every file that compiling gives, with its content."""
    noise: list[dict[str, object]] = []
    index: list[dict[str, object]] = []
    for source in sorted((HERE / "src").glob("*.txt")):
        try:
            done = compile_source(source.read_text(encoding="utf-8"))
        except MarkupError as error:
            raise MarkupError(f"{source.name}: {error}") from error
        yield HERE / "text" / source.name, done.text
        yield HERE / "gold" / f"{source.stem}.json", _json(done.gold(source.name))
        noise += [{"file": source.name} | entry for entry in done.noise]
        kind = "generated" if done.generated else "written"
        index.append({"id": source.stem, "provenance": kind})
    yield HERE / "gold" / "noise.json", _json(noise)
    yield HERE / "gold" / "index.json", _json(index)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for path, content in outputs():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
