"""How fast an upload is read: decoded, cleaned and split, by size and on hostile input.

Reading must be linear in the text: the last column of the first table should not grow with the
size, and no hostile text may take much longer than plain text of its size.

    python -m benchmarks.reading --sizes 10 100 1000 10000 --repeat 3
"""

import argparse
import gc
import time
from collections.abc import Callable

from groundwork.text.clean import clean
from groundwork.text.decode import decode
from groundwork.text.split import split

_PARAGRAPH = (
    "一、{n}年工作完成情况\n(一)项目建设有力推进。全年新开工项目{n}个,完成投资12.6亿元,同比增长8.3%;"
    "一是优化审批服务。压减环节{n}项,平均用时缩短3.5个工作日,企业满意度达到98.6%。"
    "二是强化要素保障。新增用地1,280亩,兑现奖补资金4600万元;推动“两链”融合,引进团队6个(含博士9人)。\n"
    "二、存在的问题\n1.龙头企业偏少。产值超10亿元的仅3家,创新投入占比不到2%。\n"
    "三、下步打算\n(一)狠抓招商引资。力争签约项目30个以上,到位资金突破50亿元。\n"
)
_DIRTY = (
    "區(qū)科技局２０２２年新\u200b增企業(yè)１２家 ，同比增长xx.x\n{n}、%,工作计戈IJ顺 利推进。"
    "是。\n"
)


def plain(characters: int) -> str:
    """Return an ordinary report of ``characters`` characters."""
    parts = (_PARAGRAPH.format(n=2000 + i % 30) for i in range(characters // 150))
    return "".join(parts)[:characters]


def dirty(characters: int) -> str:
    """Return a report that every cleaning pass has work with."""
    parts = (_DIRTY.format(n=i % 900 + 2) for i in range(characters // 40))
    return "".join(parts)[:characters]


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested brackets": lambda n: "(" * (n // 2) + ")" * (n // 2),
    "open brackets": lambda n: "(“《" * (n // 3),
    "mixed brackets": lambda n: "(“）》”)" * (n // 6),
    "endless digits": lambda n: "7" * n,
    "digits and points": lambda n: "7." * (n // 2),
    "line breaks": lambda n: "\n" * (n - 1) + "增",
    "short lines": lambda n: "增\n" * (n // 2),
    "page marks": lambda n: "".join(f"增\n{i % 999}、" for i in range(n // 5)),
    "chapter marks": lambda n: "一、" * (n // 2),
    "section marks": lambda n: "(一)增" * (n // 4),
    "collection marks": lambda n: "第一篇:总结\n" * (n // 7),
    "restarts": lambda n: "一、增\n二、增\n" * (n // 8),
    "points": lambda n: "一是增,二是减," * (n // 8),
    "title words": lambda n: "工作总结及" * (n // 5),
    "alternating scripts": lambda n: "增a" * (n // 2),
    "alternating spaces": lambda n: "增 " * (n // 2),
    "spaces": lambda n: " " * (n - 1) + "增",
    "traditional": lambda n: "區學術" * (n // 3),
    "glosses": lambda n: "區(qū)" * (n // 5),
    "broken glosses": lambda n: "區(ū" * (n // 3),
    "nested glosses": lambda n: "區(" * (n // 4) + "ū)" * (n // 4),
    "invisible": lambda n: "\u200b" * (n - 1) + "增",
    "full width": lambda n: "１" * n,
    "sites": lambda n: "来源:某网\n" * (n // 6),
    "introductions": lambda n: "为大家整理" * (n // 5),
    "stars": lambda n: "*" * (n - 1) + "增",
    "hashes": lambda n: "#" * (n - 1) + "增",
    "full stops": lambda n: "。" * (n - 1) + "增",
    "bold": lambda n: "**增长**" * (n // 6),
    "half bold": lambda n: "**增" * (n // 3),
    "table rows": lambda n: "|增|\n" * (n // 4),
    "table rules": lambda n: "|-|\n" * (n // 4),
    "links": lambda n: "[增](" * (n // 4),
    "titles": lambda n: "县局2023年工作总结\n" * (n // 11),
    "letters": lambda n: "现印发给你们\n县局2023年工作总结\n" * (n // 18),
    "heading spaces": lambda n: "(一)项目建设 全年完成" * (n // 12),
    "duties": lambda n: "(责任单位:" * (n // 6),
    "arrows": lambda n: "增>" * (n // 2),
}


def seconds(data: bytes, repeat: int) -> dict[str, float]:
    """Return the best time of each stage."""
    best: dict[str, float] = {}
    for _ in range(repeat):
        gc.collect()
        marks = [time.perf_counter()]
        source = decode(data)
        marks.append(time.perf_counter())
        cleaned = clean(source)
        marks.append(time.perf_counter())
        split(cleaned)
        marks.append(time.perf_counter())
        for index, stage in enumerate(("decode", "clean", "split")):
            best[stage] = min(best.get(stage, 9e9), marks[index + 1] - marks[index])
    return best


def _row(label: str, data: bytes, repeat: int) -> float:
    times = seconds(data, repeat)
    total = sum(times.values())
    stages = " ".join(f"{times[stage] * 1000:9.1f}" for stage in ("decode", "clean", "split"))
    print(f"{label:22} {stages} {total * 1000:9.1f} {total * 1e9 / len(data):9.1f}")
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000, 10000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--hostile", type=int, default=100, help="kilobytes of each hostile text")
    options = parser.parse_args()
    header = f"{'':22} {'decode':>9} {'clean':>9} {'split':>9} {'ms':>9} {'ns/byte':>9}"
    for name, report in (("plain", plain), ("dirty", dirty)):
        print(header)
        for size in options.sizes:
            data = report(size * 1000).encode()[: size * 1000].decode(errors="ignore").encode()
            _row(f"{name} {size} kB", data, options.repeat)
    characters = options.hostile * 1000
    print(header)
    reference = _row("plain", plain(characters).encode(), options.repeat)
    for name, build in HOSTILE.items():
        total = _row(name, build(characters).encode(), options.repeat)
        if total > 10 * reference:
            print(f"{'':22} more than ten times plain text: {total / reference:.1f}")


if __name__ == "__main__":
    main()
