"""Builds the same report as the files that people upload, and files made to do harm."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from docx import Document

REPORT = """\
市园林局2023年工作总结及2024年工作计划
今年以来,市园林局在市委、市政府的坚强领导下,扎实推进公园城市建设,各项工作取得新进展。现将有关情况汇报如下。
一、2023年工作完成情况
(一)绿地建设提速增效。新建口袋公园26个,新增城市绿地面积38.6公顷,建成绿道112公里,\
完成投资3.45亿元,同比增长12.7%;改造提升老旧公园9座,惠及周边居民21万余人。
(二)管护水平稳步提升。巡查绿地1.2万次,整改问题3846处,整改率达99.1%。
二、存在的问题
一是资金投入不足。全年养护经费缺口约1800万元。二是专业人才短缺,高级技师仅7人。
三、2024年工作计划
(一)抓好项目建设。力争新建公园15个以上,新增绿地30公顷。
(二)强化队伍建设。组织技能培训12期,培训一线职工600人次。"""


def word(report: str) -> bytes:
    """Return the report as .docx, a paragraph a line."""
    document = Document()
    for line in report.split("\n"):
        document.add_paragraph(line)
    return saved(document)


def saved(document: object) -> bytes:
    """Return the bytes of a python-docx document."""
    stream = BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def page(report: str) -> str:
    """Return the report as a page of a government site, with all that stands around it."""
    title, *paragraphs = report.split("\n")
    body = "".join(f"<p>　　{paragraph}</p>\n" for paragraph in paragraphs)
    return (
        "<!DOCTYPE html><html><head><meta charset='gb2312'><title>公园城市</title>"
        "<script>var count = 7;</script></head><body>"
        "<div class='nav'><a href='/'>首页</a> <a href='/n'>新闻动态</a></div>"
        f"<h1>{title}</h1><div class='info'>发布时间:2024-01-05 浏览次数:33</div>"
        f"<div class='content'>{body}</div>"
        "<div class='footer'>主办:某市园林局 版权所有 某ICP备0000000号</div>"
        "<div class='related'><h3>相关阅读</h3><ul><li><a href='1'>市园林局召开会议</a></li></ul>"
        "</div></body></html>"
    )


def markdown(report: str) -> str:
    """Return the report with its title and chapters as Markdown headings."""
    title, *lines = report.split("\n")
    marked = (f"## {line}" if line[1] == "、" else line for line in lines)
    return "\n\n".join((f"# {title}", *marked))


def printed(report: str, width: int = 44) -> bytes:
    """Return the report as a PDF with a text layer, lines wrapped, pages numbered."""
    lines = [
        line[at : at + width] for line in report.split("\n") for at in range(0, len(line), width)
    ]
    pages = [lines[at : at + 8] for at in range(0, len(lines), 8)]
    return pdf([[*page, f"- {number} -"] for number, page in enumerate(pages, 1)])


_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900]"
    b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
)


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF of these pages and lines, in a font that every reader knows."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_FONT]
    kids = []
    for lines in pages:
        shown = b" ".join(
            b"<" + line.encode("utf-16-be").hex().encode() + b"> Tj T*" for line in lines
        )
        stream = b"BT /F1 12 Tf 1 0 0 1 50 780 Tm 18 TL " + shown + b" ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects)


def _assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(offsets)
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return out + table + end % (len(objects) + 1, trailer, len(out))


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password no one knows."""
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"61" * 32 + b"> /U <" + b"62" * 32
    )
    trailer = (
        lock + b"> >> /ID [<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]"
    )
    return _assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"], trailer
    )


def repacked(docx: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a Word document with some of its parts exchanged."""
    stream = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(docx)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return stream.getvalue()
