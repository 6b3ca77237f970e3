"""How wide a text is in pixels, measured as Google's servers measure it.

The recordings know one width: 1024 letters A at ten points are 8691 pixels. That is Roboto (the
servers have no Arial), whose A is 1336 of 2048 parts wide, at thirteen whole pixels, with three of
padding on both sides and one of the grid's line. Other sizes and the bold face follow the same
rule, unseen.
"""

__all__ = ["POINTS", "text_width"]

UNITS_PER_EM = 2048
PADDING_PX = 7
POINTS = 10
PIXELS_PER_POINT = 4 / 3

_LATIN = "".join(map(chr, range(0x20, 0x7F)))
_CYRILLIC = "".join(map(chr, range(0x410, 0x450)))
_OTHER = "\N{NO-BREAK SPACE}«»\N{EN DASH}\N{EM DASH}№₽…Ёё"
_GLYPHS = _LATIN + _CYRILLIC + _OTHER

# The advance widths of Roboto 2.137, Regular and Bold (Apache-2.0), in the order of the glyphs.
_REGULAR = (
    "508 528 656 1261 1151 1500 1274 358 701 713 882 1162 403 566 540 845 1151 1151 1151 "
    "1151 1151 1151 1151 1151 1151 1151 496 433 1041 1124 1071 968 1839 1336 1276 1333 "
    "1344 1164 1132 1395 1461 557 1130 1285 1103 1788 1461 1409 1292 1409 1262 1216 1222 "
    "1328 1304 1817 1284 1230 1227 543 841 543 856 924 633 1114 1150 1072 1155 1086 712 "
    "1150 1128 498 490 1038 498 1796 1131 1168 1150 1164 694 1057 670 1129 992 1539 1016 "
    "969 1016 693 500 693 1393 "
    "1336 1291 1276 1139 1540 1164 1859 1216 1461 1461 1316 1450 1788 1461 1409 1461 1292 "
    "1333 1222 1288 1581 1284 1498 1402 1927 1984 1554 1771 1285 1381 1831 1304 1114 1133 "
    "1171 860 1236 1086 1569 1040 1182 1182 1107 1184 1519 1181 1168 1182 1150 1072 985 "
    "969 1486 1016 1214 1114 1657 1695 1271 1590 1112 1102 1672 1124 "
    "508 961 960 1344 1599 2106 1359 1370 1164 1086"
)
_BOLD = (
    "510 557 657 1221 1175 1512 1344 332 719 722 929 1118 501 795 596 766 1175 1175 1175 "
    "1175 1175 1175 1175 1175 1175 1175 578 537 1043 1172 1058 1020 1833 1379 1307 1341 "
    "1332 1152 1123 1395 1448 598 1144 1301 1109 1794 1447 1414 1322 1414 1307 1259 1267 "
    "1348 1339 1792 1302 1267 1242 570 865 570 896 915 678 1098 1153 1069 1155 1107 734 "
    "1170 1147 543 533 1094 543 1773 1147 1158 1153 1157 748 1054 692 1147 1036 1505 1043 "
    "1029 1043 677 519 677 1329 "
    "1379 1283 1307 1142 1532 1152 2044 1263 1434 1434 1323 1447 1794 1448 1414 1449 1322 "
    "1341 1267 1293 1673 1302 1554 1424 1963 2092 1578 1785 1282 1332 1932 1223 1098 1166 "
    "1159 858 1294 1107 1749 1053 1163 1163 1154 1165 1555 1162 1158 1163 1153 1069 1043 "
    "1029 1497 1043 1248 1134 1695 1844 1344 1695 1143 1065 1663 1146 "
    "510 1023 1023 1294 1563 2078 1445 1515 1152 1107"
)
_ADVANCES = {
    is_bold: dict(zip(_GLYPHS, map(int, widths.split()), strict=True))
    for is_bold, widths in ((False, _REGULAR), (True, _BOLD))
}


def text_width(text: str, *, points: float = POINTS, bold: bool = False) -> int:
    """Pixels that a column needs to show the longest line; a letter unknown here counts as A."""
    advances = _ADVANCES[bold]
    usual = advances["A"]
    longest = max(
        (sum(advances.get(letter, usual) for letter in line) for line in text.split("\n")),
        default=0,
    )
    pixels = int(points * PIXELS_PER_POINT)
    return round(longest * pixels / UNITS_PER_EM) + PADDING_PX
