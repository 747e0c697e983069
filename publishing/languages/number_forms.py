"""The words of numbers, as data: a value, then the forms that stand for it.

English words are whole; Turkish ones are stems that take suffixes; Russian ones are patterns over all forms
of the word, small letters. Values are written as Decimal reads them.
"""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

_EN: Final = """
0 zero zeroth midnight
0.5 half halves halved
1 one first once single sole another wwi
2 two second twice both double doubled doubling doubles pair couple dual twin bilateral twofold wwii
3 three third thrice triple tripled tripling trio trilateral threefold thirds
4 four fourth quarter quarters quadruple quadrupled quadrilateral fourfold
5 five fifth fivefold fifths
6 six sixth sixfold
7 seven seventh
8 eight eighth
9 nine ninth
10 ten tenth tenfold decade decades tens
11 eleven eleventh
12 twelve twelfth dozen dozens noon
13 thirteen thirteenth
14 fourteen fourteenth fortnight
15 fifteen fifteenth
16 sixteen sixteenth
17 seventeen seventeenth
18 eighteen eighteenth
19 nineteen nineteenth
20 twenty twentieth twenties score
30 thirty thirtieth thirties
40 forty fortieth forties
50 fifty fiftieth fifties
60 sixty sixtieth sixties
70 seventy seventieth seventies
80 eighty eightieth eighties
90 ninety ninetieth nineties
100 hundred hundreds hundredth century centuries
1000 thousand thousands thousandth
1000000 million millions millionth
1000000000 billion billions
1000000000000 trillion trillions
"""

_TR: Final = """
0 sıfır
0.5 yarım yarı buçuk
1 bir ilk tek
2 iki çift
3 üç
4 dört dörd çeyrek çeyreğ
5 beş
6 altı
7 yedi
8 sekiz
9 dokuz
10 on
12 düzine öğle
20 yirmi
30 otuz
40 kırk
50 elli
60 altmış
70 yetmiş
80 seksen
90 doksan
100 yüz asır asr yüzyıl
1000 bin
1000000 milyon
1000000000 milyar
1000000000000 trilyon
"""

_ORDINAL: Final = r"(?:ый|ая|ое|ого|ой|ому|ым|ом|ую|ые|ых|ыми)"
_TEEN: Final = rf"(?:ь|и|ью|{_ORDINAL}|илет\w*|к[аиуе]\w*)"

_RU: Final = rf"""
0 нол\w*|нул\w*|полночь|полуночи
0.5 половин\w*|пол|полгод\w*
1 од(?:ин|на|но|ни|ного|ной|ному|ну|ним|них|ном|ною|ними)|перв\w+|единственн\w+|однажды
1.5 полтор[аы]|полутор\w*
2 дв(?:а|е|ум|умя|ое|оих|оим|ойн\w*|ойк\w*|ажды|усторонн\w*)|двух|двух(?!с)\w+|об(?:а|е|оих|еих|оим|еим)
2 обоими|обеими|втор{_ORDINAL}|вдвое|удво\w+|пар[аыуе]
3 три|тр[её]х|тр[её]х(?!с)\w+|трем\w*|тр[её]мя|троих?|троек|тройк\w*|втрое|трижды|утро\w+|тройн\w+
3 трет(?:ий|ья|ье|ьего|ьей|ьему|ьим|ьем|ью|ьи|ьих|и|ей|ям|ьими)
4 четыр(?!ест|[её]хсот)\w+|четв[её]р\w+|вчетверо|четверт\w*|учетвер\w+
5 пят(?:ь|и|ью|{_ORDINAL}|[её]рк\w*|еро|илет\w*|идневн\w*|имесяч\w*|ерых)|впятеро
6 шест(?:ь|и|ью|{_ORDINAL}|[её]рк\w*|еро|илет\w*|идневн\w*|имесячн\w*)
7 сем(?:ь|и|ью|[её]рк\w*|еро|илет\w*|идневн\w*)|седьм\w+
8 вос(?:емь|ьми|емью|ьм[её]рк\w*|ьмеро|ьмилет\w*|ьм{_ORDINAL})
9 девят(?:ь|и|ью|{_ORDINAL}|к[аиуе]\w*|илет\w*)
10 десят(?:ь|и|ью|{_ORDINAL}|к[аиуе]\w*|илет\w*)|вдесятеро|декад\w+
11 одиннадцат{_TEEN}
12 двенадцат{_TEEN}|дюжин\w*|полдень|полудня
13 тринадцат{_TEEN}
14 четырнадцат{_TEEN}
15 пятнадцат{_TEEN}
16 шестнадцат{_TEEN}
17 семнадцат{_TEEN}
18 восемнадцат{_TEEN}
19 девятнадцат{_TEEN}
20 двадцат{_TEEN}
30 тридцат{_TEEN}
40 сорок\w*
50 пят(?:ь|и)десят\w*|полвек\w*
60 шест(?:ь|и)десят\w*
70 сем(?:ь|и)десят\w*
80 вос(?:емь|ьми)десят\w*
90 девяност\w+
100 ст(?:о|а)|сот(?:ый|ая|ое|ого|ой|ом|ня|ни|ен)?|столет\w+|век\w{{0,3}}
200 дв(?:ести|ухсот\w*)
300 тр(?:иста|[её]хсот\w*)
400 четыр(?:еста|[её]хсот\w*)
500 пят(?:ьсот|исот\w*)
600 шест(?:ьсот|исот\w*)
700 сем(?:ьсот|исот\w*)
800 вос(?:емьсот|ьмисот\w*)
900 девят(?:ьсот|исот\w*)
1000 тысяч\w*|тыс
500000 полмиллион\w*
500000000 полмиллиард\w*
1000000 миллион\w*|млн
1000000000 миллиард\w*|млрд
1000000000000 триллион\w*|трлн
"""


def _rows(table: str) -> list[tuple[Decimal, str]]:
    pairs = (line.split(" ", 1) for line in table.strip().splitlines())
    return [(Decimal(value), forms) for value, forms in pairs]


EN: Final[Mapping[str, Decimal]] = MappingProxyType(
    {word: value for value, forms in _rows(_EN) for word in forms.split()}
)
TR: Final[Mapping[str, Decimal]] = MappingProxyType(
    {stem: value for value, forms in _rows(_TR) for stem in forms.split()}
)
RU: Final[tuple[tuple[Decimal, str], ...]] = tuple(_rows(_RU))
