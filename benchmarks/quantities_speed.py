"""How fast the finder reads, and whether hostile text slows it down: characters a CPU second.

Run from the project root: ``python -m benchmarks.quantities_speed``. The report is made up and
dense with numbers; a ratio near 4 means that four times the text takes four times as long.
"""

from time import process_time

from groundwork.quantities.find import find

REPORT = (
    "2022年，全市规模以上工业增加值同比增长7.2%，较上年提高1.5个百分点；新增专精特新企业36家，"
    "完成技改投资约48.6亿元。我们坚持把项目建设放在突出位置，健全领导包联机制，强化要素保障，"
    "全力推动重大项目落地见效，营商环境持续改善，群众办事更加便捷。\n"
    "（二）民生保障更加有力。改造老旧小区xx个，惠及居民1.3万余户；城镇、农村居民收入分别达到"
    "4.2万元和2.1万元，教育、医疗、养老等公共服务水平稳步提升，社会大局保持和谐稳定。\n"
)
HOSTILE = {
    "digits": "1",
    "grouped digits": "1,",
    "dotted digits": "1.",
    "spaced digits": "1 000 ",
    "masks": "x",
    "masks with points": "x.",
    "stars": "*",
    "Chinese one": "一",
    "scales": "亿",
    "open brackets": "（",
    "open quotes": "“",
    "respectively": "分别",
    "lists": "3个、",
    "respective lists": "分别3个、",
    "ranges": "1至",
    "years": "2022年",
    "masked years": "20-",
    "added": "新增",
    "fractions": "百分之",
}
_LENGTH = 80_000


def seconds(text: str) -> float:
    start = process_time()
    find(text)
    return process_time() - start


def main() -> None:
    text = REPORT * 1_000
    best = min(seconds(text) for _ in range(3))
    print(f"{'report':<20}{len(text) / best:>14,.0f} characters/second")
    for name, unit in HOSTILE.items():
        long = (unit * _LENGTH)[:_LENGTH]
        short = min(seconds(long[: _LENGTH // 4]) for _ in range(3))
        full = min(seconds(long) for _ in range(3))
        print(f"{name:<20}{_LENGTH / full:>14,.0f} characters/second, x4 text: x{full / short:.1f}")


if __name__ == "__main__":
    main()
