"""What sites put around reports: navigation, download buttons, copyright, related articles.

Whole lines go, and sentences that only introduce a collection (以下是为大家整理的…). Nothing goes
without evidence: a line must speak of the site itself, or be a short line without a sentence in a
zone above or below the report where such lines stand. When in doubt it is report text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from groundwork.text.clean.gloss import HAN
from groundwork.text.clean.script import simplified
from groundwork.text.clean.tape import Cut

_SITE: Final = re.compile(
    r"^!\[.*\]\(\S+\)$|由会员分享|在线阅读,更多相关|珍藏版\)|会员上传|用户提供并上传|由(?:用户|网友|会员)上传"
    r"|^.{0,80}\.(?:docx?|pdf|wps|rtf|pptx?|txt)$|版权(?:所有|说明|声明|归)[ :：本原]|©|[Cc]opyright"
    r"|ICP备|公网安备|网站标识码|转载请?(?:保留|注明)|链接地址[:：]|本文(?:链接|地址|来源|由)|出自[:：]"
    r"|不代表本站|本站(?:所有|不|的文|内容|资源|仅)|图标,表示该|可打开word文档|禁止商用|免费下载全文"
    r"|如有侵权|侵权,?请|请(?:进行)?举报|举报或认领|将本文的.{0,6}文档|温馨提示[:：]?$|配套讲稿|特殊限制[:：]?$"
)
"""What only a site says, in whatever line it stands."""
_SITE_SHORT: Final = re.compile(
    r"^[(（【\[]?(?:来源|文章来源|来源网站|信息来源|稿源|更新时间|发布时间|发布日期|发表时间|上传时间|上传日期|时间|日期|作者|编辑"
    r"|责任编辑|发布人|发布者|小编|格式|页数|分类|索 ?引 ?号|发布机构|主题分类|公开方式|标签|字数|大小|主办(?:单位)?)[ ]?[:：|]"
    r"|(?:小编|责任编辑|发布日期|公开方式|主题分类|浏览|点击数?|人气|字体|下载次数|阅读(?:次数|量)?)[ ]?[:：|]|阅读 ?\d+"
    r"|^(?:[^>»›]{1,12}[>»›]){2,}|^(?:当前|您(?:现在)?的?)(?:所在)?位置[:：]|^首页(?:$|[ >|])|返回(?:顶部|首页|列表)"
    r"|浏览次数|点击(?:下载|查看|>)|请点击|分享[到至给][:：]|打印本页|关闭窗口|扫一扫|^扫码|手机版$|网友投稿"
    r"|^[上下]一?[篇页条][:：]|(?:相关|推荐|热门|最新|精选|随机|猜你喜欢).{0,2}(?:文章|文档|阅读|专题|资料|推荐|内容|下载|范文|标签)[:：]?$"
    r"|相关(?:文章|阅读|推荐|资料)[:：]|推荐阅读|热门推荐|文档评论|评论\(\d+\)|^评论$|提交评论|推荐度[:：]?|文档简介"
    r"|文档下载|下载到电脑|下载(?:docx?|pdf|文档|全文|本文|原文|地址)|免费下载|立即下载|VIP会员|免费阅读"
    r"|^[- ]*关 ?键 ?词[:：]|^限制\d+内$|^\d+/\d+$|^第 ?\d+ ?页(?:[ 共/]+\d+ ?页?)?$|^-+ ?\d+ ?-+$|_第\d+页$"
    r"|联系(?:我们|客服|上传者)|客服(?:电话|QQ)|QQ空间|(?:文库|范文|公文|论文|文秘|资料|素材|文档|豆丁)[网库](?:$|[ -])"
    r"|^[Hh]ttps?://\S+$|www\.|\((?:精选|通用|推荐|最新)?\d{0,2}篇\)|\d+篇$|最近更新|^附件[\d-]*.{0,20}\.(?:zip|rar)"
)
"""What a site says in a line of its own, while a report may say it in passing."""
_FOOTER: Final = re.compile(
    r"^[-—·● ]*(?:温馨提示|配套讲稿|特殊限制|相关(?:文章|阅读|推荐|资料)|推荐(?:文章|阅读|专题|度)|最新文档|最近更新|猜你喜欢"
    r"|将本文的|上一?[篇页条][:：]|分享[到至]|扫一扫|文档评论|版权|本文由|热门|主办[:：单]|【.{2,30}】相关)"
    r"|[】\]]?相关(?:文章|阅读|推荐)[:：]?$|出自[:：]|链接地址"
)
_SITE_WORDS: Final = re.compile(
    r"本站|文档|下载|上传|版权|侵权|网站|会员|文件|附件|压缩包|图纸|软件|商用|讲稿|网友|小编|范文|文库|网页|浏览|收藏|转载"
)
_COLLECTION: Final = re.compile(
    r"(?:^|(?<=[。！!\n]))[^。！!\n]{0,80}?(?:以下|下面|这里|本文)?(?:就?是|是由)?(?:小编|本站|网友|我们)?"
    r"(?:特意|精心)?[为给](?:大家|您|你|网友)(?:整理|收集|带来|准备|精心|分享|搜集)[^。！!\n]{0,100}"
    r"[。！!]|[^。！!\n]{0,60}(?:仅供|供)(?:大家|您)?(?:参考|借鉴|阅读)[^。！!\n]{0,30}希望[^。！!\n]{0,40}[。！!]"
)
_DATE_LINE: Final = re.compile(
    r"^\d{2}[\dxX_-]{2,4}[-/.年][\dxX]{1,2}(?:[-/.月][\dxX]{1,2}日?)?(?:[ T]\d\d?:\d\d(?::\d\d)?)?$"
)
_TITLE: Final = re.compile(
    r"^.{0,60}(?:总结|计划|思路|打算|要点|安排|报告|汇报|规划|述职|小结|方案|体会)(?:\(.{1,12}\))?$"
)
_MARKER: Final = re.compile(
    r"^(?:#{1,6} |[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十\d]{1,3}[篇部章]|篇[一二三四五六七八九十\d])"
)
_CARRIED: Final = ("及", "和", "与", "暨", "的")
_SENTENCE_END: Final = re.compile(r"[。；;！]")
_COMMA: Final = re.compile("[,，]")
_HAN: Final = re.compile(f"[{HAN}]")
_LONG: Final = 300
"""A site's line is shorter than this; longer ones are report text."""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    """Where the next line begins."""
    text: str
    site: bool = False
    speaks: bool = False
    """Holds a sentence of its own, or opens a section: report text unless it is the site's."""
    drop: bool = False


def boilerplate(text: str) -> Iterator[Cut]:
    r"""Lines and introductions that belong to the site go, with their line breaks.

    >>> text = "首页 > 总结\n今年新增企业5家。\n版权所有 某某网"
    >>> [text[cut.start:cut.end] for cut in boilerplate(text)]
    ['首页 > 总结\n', '版权所有 某某网']
    """
    reading = simplified(text)
    lines = [
        _judged(reading, match) for match in re.finditer(r"[^\n]*[^\s][^\n]*(?:\n|\Z)", reading)
    ]
    if any(line.site for line in lines):
        _drop_zones(lines)
    for line in lines:
        if line.drop:
            yield Cut(line.start, line.end)
        else:
            yield from _introductions(reading, line)


def _judged(reading: str, match: re.Match[str]) -> _Line:
    start, end = match.span()
    line = _Line(start, end, "")
    if end - start > _LONG + 1:
        line.speaks = True
        return line
    line.text = match[0].strip()
    marked = bool(_MARKER.match(line.text))
    sentence = bool(_SENTENCE_END.search(line.text)) or (
        len(line.text) > 40 and len(_HAN.findall(line.text)) > 30 and bool(_COMMA.search(line.text))
    )
    addressed = line.text[-1] in ":：" and len(line.text) < 40
    line.site = _says_site(line.text, sentence or marked) and "为大家" not in line.text
    line.speaks = not line.site and (marked or sentence or addressed)
    return line


def _says_site(text: str, speaks: bool) -> bool:
    if _SITE.search(text):
        return True
    return (
        not speaks and len(text) < 160 and bool(_SITE_SHORT.search(text) or _DATE_LINE.match(text))
    )


def _drop_zones(lines: list[_Line]) -> None:
    """Mark the site's lines, and the short lines around them above and below the report."""
    for line in lines:
        line.drop = line.site
    _drop_below(lines)
    first = next((i for i, line in enumerate(lines) if line.speaks and not line.drop), len(lines))
    if any(line.site for line in lines[:first]):
        _drop_above(lines[:first])


def _drop_below(lines: list[_Line]) -> None:
    """From a footer's opening on, lines go until one speaks and not of the site."""
    below = False
    spoken = False
    for line in lines:
        if line.site and spoken and _FOOTER.search(line.text):
            below = True
        elif line.speaks:
            about_site = bool(line.text) and bool(_SITE_WORDS.search(line.text))
            if below and not about_site:
                below = False
            spoken = spoken or not below
        if below:
            line.drop = True


def _drop_above(header: list[_Line]) -> None:
    """Of the lines above the report only its title stays: the last line that reads like one."""
    dates = sum(bool(_DATE_LINE.match(line.text)) for line in header)
    title: list[_Line] = []
    for index, line in enumerate(header):
        near = (header[index - 1 : index] if index else []) + header[index + 1 : index + 2]
        listed = dates >= 2 and any(_DATE_LINE.match(other.text) for other in near)
        if not line.site and not listed and _TITLE.match(line.text):
            carried = title if line.text.startswith(_CARRIED) and header[index - 1] in title else []
            title = [*carried, line]
    for line in header:
        line.drop = line not in title


def _introductions(reading: str, line: _Line) -> Iterator[Cut]:
    """Cut the sentence that introduces a collection, wherever it stands in the line."""
    if (
        "为大家" not in reading[line.start : line.end]
        and "供大家" not in reading[line.start : line.end]
    ):
        return
    stop = min(line.end, line.start + _LONG)
    match = _COLLECTION.search(reading, line.start, stop)
    if match:
        end = match.end()
        if end < line.end and reading[end] == "\n":
            end += 1
        yield Cut(line.start if match.start() - line.start < 3 else match.start(), end)
