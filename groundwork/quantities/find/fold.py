"""The text as the finder reads it: widths and script folded, one character for one."""

from groundwork.quantities.numerals import FOLD

_TRADITIONAL = "個項條戶畝噸場單餘約達過為與長減佔占處臺萬億點兩幾數檔類種層級門輛隻張間軍間棟總額資費稅產業營銷價標準區縣鄉鎮幣歐開關實現預計進築濟評選優貸債務發開幫續國當從於來歲時線綫億際後連環動開設備訂簽節證號隊組織構團體雙對專"
_SIMPLE = "个项条户亩吨场单余约达过为与长减占占处台万亿点两几数档类种层级门辆只张间军间栋总额资费税产业营销价标准区县乡镇币欧开关实现预计进筑济评选优贷债务发开帮续国当从于来岁时线线亿际后连环动开设备订签节证号队组织构团体双对专"
_TABLE = FOLD | str.maketrans(_TRADITIONAL, _SIMPLE)


def fold(text: str) -> str:
    """Return ``text`` with full-width digits and Traditional characters read as plain ones.

    >>> fold("１２億")
    '12亿'
    """
    return text.translate(_TABLE)
