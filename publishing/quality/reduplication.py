"""Words that each language doubles on purpose, in small letters. A word missing here costs one warning."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_EN: Final = """
had that bye so very really many long far no ha now there well blah knock hear tut yes go win fifty-fifty
"""

_NAMES: Final = """
duran bora walla wagga pago sirhan humbert ylang chow mau dik cous aye tuk
"""

_RU: Final = """
да нет очень много то чуть еле едва давно долго далеко ну вот ой ха тик мало-мало быстро-быстро
"""

_TR_MANNER: Final = """
acı acıklı açık adım ağır aheste alık az azar aval ayrı belirli bol boş bön boylu büyük ciddi çabuk çok
dalgın deli derin dik doğru dolu düz erken fazla garip geç gizli gitgide güzel hafif hızlı hoş ince iri iyi
kalın kara karşı kısa koca kolay kös küçük mahzun mavi melul mutlu rahat sakin sarı sessiz seyrek sık sıkı
sıcak sinsi soğuk şen taze tatlı tek tekrar teker farklı değişik bütün topu ters türlü ufak uslu usul uzak
uzun üzgün yakın yan yalan yanlış yavaş yavaşça yeni zor daha biraz
"""
_TR_ONOMATOPOEIA: Final = """
buram cayır cıvıl çatır çıtır fıldır fısıl fokur fosur gıcır gürül güm harıl hıçkıra homur horul hüngür ışıl
kıkır kıs kıvıl kıvır langır lıkır lime mırıl mışıl oluk paldır parıl patır pırıl pat şakır şapır şıkır şırıl
takır tıkır tıpış tir vızır zangır zırıl zıp zonk cık tak tık didik fıkır fır ılgıt çisil lapa gümbür
"""
_TR_PORTIONS: Final = """
aşama dönem kademe avuç basamak bölge bölük bölüm boy cilt cümle çeşit dalga damla demet dilim diyar dizi ev gram grup
harf hece ilmek il karış kat katman kelime kısım kıta kilo kol konu kucak kuruş küme köy lokma madde mahalle
masa metre nokta oda öbek parça renk sahne salkım santim satır sayfa sınıf sıra sokak sürü şehir şekil tane
tomar tür ülke yığın yudum akın alay kapı kare hane cadde satır sütun göz delik
"""
_TR_TIMES: Final = """
ay an ara dakika gece gün sabah akşam saat saniye yıl zaman yer hafta mevsim kış yaz
"""
_TR_NUMBERS: Final = """
birer ikişer üçer dörder beşer altışar yedişer sekizer dokuzar onar yirmişer yüzer biner yarım yarımşar
onlarca yüzlerce binlerce
"""
_TR_CONVERBS: Final = """
ağlaya anlata arada araya arka baka bağıra bata bekleye bile bilmeye çağıra çalışa çeke çıka didine diye
dolaşa döne dura duya düşe düşüne ezile geze gide göre göstere gözete güle ısrarla isteye ite kala kaça kıra
kırıla kırpa koka konuşa korka koşa okuya ola olsa oynaya öğrene öle sallana saya sayıklaya seke seve sevine
sıza sızlana sora söke söyleye söylene sürüne süre tartışa tepe titreye topallaya uça uğraşa ura uzata vara
vura yakıla yana yaza yazıla yiye yuvarlana yürüye zıplaya zorlaya çize çarpa kese ine bağrışa
"""
_TR_SPEECH: Final = """
evet hayır haydi hadi yok var öyle böyle şöyle neler kim nasıl nerede kaç hangi dur bak gel git ha aman vah
"""

MEANT: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": frozenset((_EN + _NAMES).split()),
        "ru": frozenset((_RU + _NAMES).split()),
        "tr": frozenset(
            " ".join(
                (
                    _TR_MANNER,
                    _TR_ONOMATOPOEIA,
                    _TR_PORTIONS,
                    _TR_TIMES,
                    _TR_NUMBERS,
                    _TR_CONVERBS,
                    _TR_SPEECH,
                    _NAMES,
                )
            ).split()
        ),
    }
)
"""Per language, the words of which a pair in a row is meant."""
