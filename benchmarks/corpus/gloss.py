"""Write Simplified text the way a bad font conversion hands it out.

Some converters turn a document into Traditional characters and leave, after a character that
their font lacks, its reading in brackets: 區(qū). Readers must see through it.
"""

from functools import cache
from typing import Final

from opencc import OpenCC

_READINGS: Final = dict(
    pair.split(":")
    for pair in (
        "區:qū 學:xué 術:shù 計:jì 劃:huà 結:jié 創:chuàng 產:chǎn 業:yè 發:fā 務:wù 實:shí 現:xiàn "
        "級:jí 項:xiàng 個:gè 強:qiáng 點:diǎn 動:dòng 進:jìn 機:jī 構:gòu 設:shè 備:bèi 醫:yī 療:liáo "
        "衛:wèi 診:zhěn 護:hù 條:tiáo 線:xiàn 網:wǎng 開:kāi 問:wèn 題:tí 對:duì 應:yìng 際:jì 會:huì "
        "達:dá 過:guò 還:hái 較:jiào 轉:zhuǎn 層:céng 績:jì 縣:xiàn 鄉:xiāng 鎮:zhèn 萬:wàn 億:yì "
        "長:zhǎng 漲:zhǎng 聯:lián 總:zǒng 標:biāo 樣:yàng 檢:jiǎn 測:cè 環:huán 節:jié 農:nóng "
        "導:dǎo 員:yuán 資:zī 費:fèi 質:zhì 財:cái 購:gòu 責:zé 負:fù 貧:pín 貫:guàn 協:xié 傳:chuán "
        "組:zǔ 織:zhī 經:jīng 濟:jì 統:tǒng 續:xù 維:wéi 緊:jǐn 積:jī 極:jí 約:yuē 師:shī 隊:duì 與:yǔ "
        "從:cóng 眾:zhòng 優:yōu 倍:bèi 專:zhuān 監:jiān 盡:jìn 處:chù 優:yōu 劑:jì 單:dān 訓:xùn 練:liàn"
    ).split()
)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def glossed(text: str) -> list[tuple[str, str]]:
    """Return each character in Traditional form with the gloss that follows it, or "".

    >>> glossed("学校")
    [('學', '(xué)'), ('校', '')]
    """
    traditional = _converter().convert(text)
    if len(traditional) != len(text):
        traditional = "".join(_converter().convert(char)[:1] for char in text)
    pairs = []
    for index, char in enumerate(traditional):
        reading = _READINGS.get(char)
        # The converter's font lacks a character in some of its runs only.
        skip = index % 7 == 3
        pairs.append((char, f"({reading})" if reading and not skip else ""))
    return pairs
