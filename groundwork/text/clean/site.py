"""What sites say around a report: the vocabulary of download pages and government portals.

Patterns are general: they name what such a line does (credits an uploader, offers a download,
lists related articles), never one site's own words.
"""

import re
from typing import Final

SITE: Final = re.compile(
    r"^!\[.*\]\(\S+\)$|由会员分享|在线阅读,更多相关|珍藏版\)|会员上传"
    r"|用户提供并上传|由(?:用户|网友|会员)上传|^.{0,80}\.(?:docx?|pdf|wps|rtf|pptx?|txt)$"
    r"|版权(?:所有|说明|声明|归)[ :：本原]|版权所有$|©|[Cc]opyright|ICP备|公网安备|网站标识码"
    r"|转载请?(?:保留|注明)|链接地址[:：]|本文(?:链接|地址|来源|由)|出自[:：]"
    r"|不代表本站|本站(?:所有|不|的文|内容|资源|仅)|图标,表示该|可打开word文档|禁止商用"
    r"|免费下载全文|如有侵权|侵权,?请|请进行举报|举报或认领|将本文的.{0,6}文档"
    r"|温馨提示[:：]?$|配套讲稿|特殊限制[:：]?$"
)
"""What only a site says, in whatever line it stands."""

SITE_SHORT: Final = re.compile(
    r"^[(（【\[]?(?:来源|文章来源|来源网站|信息来源|稿源|更新时间|发布时间|发布日期|发表时间"
    r"|上传时间|上传日期|作者|编辑|责任编辑|发布人|发布者|小编|格式|页数|分类|索 ?引 ?号"
    r"|发布机构|主题分类|公开方式|标签|字数) ?[:：|]|^(?:时间|日期)[:：] ?\d{4}[-/]\d"
    r"|(?:小编|责任编辑|发布日期|公开方式|主题分类|浏览|点击数?|人气|字体|下载次数"
    r"|阅读(?:次数|量)?) ?[:：|]|阅读 ?\d+$|^(?:[^>»›]{1,12}[>»›]){2,}"
    r"|^(?:当前|您(?:现在)?的?)(?:所在)?位置[:：]|^首页(?:$|[ >|])|返回(?:顶部|首页|列表)"
    r"|浏览次数|点击(?:下载|查看|>)|请点击|分享[到至给][:：]|打印本页|关闭窗口|扫一扫|^扫码"
    r"|手机版$|网友投稿|^[上下]一?[篇页条][:：]"
    r"|(?:相关|推荐|热门|最新|精选|随机|猜你喜欢).{0,2}"
    r"(?:文章|文档|阅读|专题|资料|推荐|内容|下载|范文|标签)[:：]?$"
    r"|相关(?:文章|阅读|推荐|资料)[:：]|推荐阅读|热门推荐|文档评论|评论\(\d+\)|^评论$|提交评论"
    r"|推荐度[:：]?|文档简介|文档下载|下载到电脑|下载(?:docx?|pdf|文档|全文|本文|原文|地址)"
    r"|免费下载|立即下载|VIP会员|免费阅读|^[- ]*关 ?键 ?词[:：]|^限制\d+内$|^\d+/\d+$"
    r"|^第 ?\d+ ?页(?:[ 共/]+\d+ ?页?)?$|^-+ ?\d+ ?-+$|_第\d+页$|联系(?:我们|客服|上传者)"
    r"|客服(?:电话|QQ)|QQ空间|(?:文库|范文|公文|论文|文秘|资料|素材|文档|豆丁)[网库](?:$|[ -])"
    r"|^[Hh]ttps?://\S+$|www\.|\((?:精选|通用|推荐|最新)?\d{0,2}篇\)|最近更新"
    r"|(?:总结|计划|思路|报告|范文|材料|方案)\S{0,4}\d+篇$"
    r"|^附件[\d-]*.{0,20}\.(?:zip|rar)"
)
"""What a site says in a line of its own, while a report may say it in passing."""

FOOTER: Final = re.compile(
    r"^[-—·● ]*(?:温馨提示|配套讲稿|特殊限制|相关(?:文章|阅读|推荐|资料)|推荐(?:文章|阅读|专题|度)"
    r"|最新文档|最近更新|猜你喜欢|将本文的|上一?[篇页条][:：]|分享[到至]|扫一扫|文档评论|版权|本文由"
    r"|热门|主办[:：单]|【.{2,30}】相关)|相关(?:文章|阅读|推荐)[:：]?$|出自[:：]|链接地址"
)
"""What opens the block below a report: from here on lines are the site's."""

SITE_WORDS: Final = re.compile(
    "本站|文档|下载|上传|版权|侵权|网站|会员|文件|附件|压缩包|图纸|软件|商用|讲稿|网友|小编|范文"
    "|文库|网页|浏览|收藏|转载"
)
"""In the block below a report, a full sentence with one of these is the site's as well."""

INTRODUCTION: Final = re.compile(
    r"(?:^|(?<=[。！!\n]))[^。！!\n]{0,80}?[为给](?:大家|您|你|网友)"
    r"(?:整理|收集|带来|准备|精心|分享|搜集)[^。！!\n]{0,100}[。！!]"
)
"""A sentence that presents a collection of reports to the reader."""

DATE_LINE: Final = re.compile(
    r"\d{2}[\dxX_-]{2,4}[-/.年][\dxX]{1,2}(?:[-/.月][\dxX]{1,2}日?)?(?:[ T]\d\d?:\d\d(?::\d\d)?)?"
)
_KINDS: Final = "总结|计划|思路|打算|要点|安排|报告|汇报|规划|述职|小结|方案|体会"
TITLE_LINE: Final = re.compile(rf".{{0,60}}(?:{_KINDS})(?:\(.{{1,12}}\))?")
TITLE_HEAD: Final = re.compile(rf"[^\s_]{{4,60}}?(?:{_KINDS})(?=\s|_|-)")
"""A title that shares its line with the site's remarks about it."""
