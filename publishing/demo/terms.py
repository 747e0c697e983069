"""The demo's termbase: what the sample article speaks of, in three languages."""

from dataclasses import dataclass, field

from publishing.models import Person, TermForm
from publishing.workflow import terming
from publishing.workflow.terming import Wording


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept: its forms by language, the preferred one first; what it must not be called; a note."""

    en: tuple[str, ...]
    tr: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    forbidden: dict[str, str] = field(default_factory=dict)
    note: str = ""
    do_not_translate: bool = False

    def wordings(self) -> list[Wording]:
        approved = [
            Wording(code, text)
            for code, texts in (("en", self.en), ("tr", self.tr), ("ru", self.ru))
            for text in texts
        ]
        return approved + [Wording(code, text, forbidden=True) for code, text in self.forbidden.items()]


TERMS = (
    Entry(("North Korea",), ("Kuzey Kore",), ("Северная Корея", "КНДР")),
    Entry(
        ("US", "United States", "USA", "United States of America"),
        ("ABD", "Amerika Birleşik Devletleri"),
        ("США", "Соединённые Штаты", "Соединённые Штаты Америки"),
        {"tr": "Birleşik Devletler"},
    ),
    Entry(
        ("NATO", "North Atlantic Treaty Organization"),
        ("NATO", "Kuzey Atlantik Antlaşması Örgütü"),
        ("НАТО", "Организация Североатлантического договора"),
    ),
    Entry(
        ("United Nations Security Council", "UN Security Council", "UNSC"),
        ("Birleşmiş Milletler Güvenlik Konseyi", "BMGK"),
        ("Совет Безопасности Организации Объединённых Наций", "Совет Безопасности ООН", "СБ ООН"),
    ),
    Entry(
        ("Donetsk People’s Republic",),
        ("Donetsk Halk Cumhuriyeti",),
        ("Донецкая Народная Республика",),
        note="As it calls itself; in quotation marks where the author sets them.",
    ),
    Entry(
        ("Quadruple Security Dialogue", "QUAD"),
        ("Dörtlü Güvenlik Diyaloğu", "QUAD"),
        ("Четырёхсторонний диалог по безопасности", "QUAD"),
    ),
    Entry(("AUKUS",), ("AUKUS",), ("АУКУС",), {"ru": "АУКУС-пакт"}),
    Entry(("West",), ("Batı",), ("Запад",), note="The states, not the direction."),
    Entry(("Pyongyang",), ("Pyongyang",), ("Пхеньян",)),
    Entry(("Asia-Pacific",), ("Asya-Pasifik",), ("Азиатско-Тихоокеанский регион", "АТР")),
    Entry(("sanction",), ("yaptırım",), ("санкция",), {"tr": "müeyyide"}),
    Entry(("aircraft carrier",), ("uçak gemisi",), ("авианосец",), {"tr": "uçak taşıyıcısı"}),
    Entry(
        ("warning shot",),
        ("uyarı atışı",),
        ("предупредительный выстрел",),
        {"ru": "предупредительный огонь"},
    ),
    Entry(("missile test",), ("füze denemesi",), ("ракетное испытание",)),
    Entry(("nuclear weapon",), ("nükleer silah",), ("ядерное оружие",)),
    Entry(("trade war",), ("ticaret savaşı",), ("торговая война",)),
    Entry(("polarization",), ("kutuplaşma",), ("поляризация",)),
    Entry(("rapprochement",), ("yakınlaşma",), ("сближение",)),
    Entry(("energy crisis",), ("enerji krizi",), ("энергетический кризис",)),
    Entry(("multipolar system",), ("çok kutuplu sistem",), ("многополярная система",)),
    Entry(("international community",), ("uluslararası toplum",), ("международное сообщество",)),
    Entry(("ANKASAM",), note="The institute’s own name.", do_not_translate=True),
)


def provide(actor: Person) -> None:
    """Adds what was never added; what somebody changed or took out since stays as they left it."""
    known = set(TermForm.objects.filter(language="en").values_list("text", flat=True))
    for entry in TERMS:
        if known.isdisjoint(entry.en):
            terming.add_term(
                entry.wordings(), actor=actor, note=entry.note, do_not_translate=entry.do_not_translate
            )
