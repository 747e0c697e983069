"""Abbreviations and opening words of Turkish: titles, ranks, addresses, firms, scholars' and lawyers' usage."""

import re

from . import Rules, table, words

TABLE = table(
    never="""
        Prof Doç Dr Yrd Öğr Gör Arş Uzm Ord Sn Hz Av Op Dt Ecz Vet Psk Müh Mim Mr Mrs Ms Mme Jr Sr Alb Org
        Gen Tümg Korg Tuğg Tuğa Tüma Kora Ora Orgen Mrş Kur Yzb Yb Bnb Tğm Ütğm Üstğm Atğm Asb Astsb Bçvş
        Üçvş Çvş Onb Kd Dz Hv Plt Em Gnkur Bşk Bşkl Başk Gn Md.lüğü Müd Müs Yön Çev çev Haz haz Der Ed Edt
        edt Red Res Yay Bas Hzl hzl Kitapçı Bkz bkz Bk bk Krş krş Karş karş Örn örn Ör Yak yak yakl Yakl Mad
        İng Alm Fr Ar Far Osm Lat Yun Rus Tür İt İsp Moğ Çin.ce Mah Cad Cd Sok Sk Blv Bulv Apt Sit Mevk Köy
        Bl Böl Fak Üniv Ens Enst İlk T.C M.Ö M.S İ.Ö İ.S P.K S.S St Ste Ft Mt Th Ch Yu Kh Sh Zh
        """,
    may="""
        A.Ş T.A.Ş A.O Ltd Şti San Tic Paz İnş Tur Nak Koll Kom Ort Hold Bnk Inc Corp Co A.B.D K.K.T.C
        T.B.M.M S.S.C.B A.B B.M yy y.y s ss sf sh S c C cilt Cilt m md Md Madde f fık fk b bent k p pp vol
        Vol sy Sy sa Ek a.g.e a.g.m a.g.y a.g.t a.e a.y a.mlf age agm agt Age Agm vd dn dpn Tel tel Faks
        faks Tlf Gsm Şek şek Tab tab Res res Lev lev Doğ doğ öl Öl ö d y ad Oca Şub Nis Haz. May Tem Ağu Eyl
        Eki Kas Ara
        """,
    number="No no Nu nu Nr nr",
    end="vb vs vd vdğ",
)

OPENERS = words("""
        Bu Bunu Buna Bunun Bunda Bundan Bununla Bunlar Bunları Bunların Bunlara Bunlardan Bunlarla Şu Şunu
        Şuna Şunlar O Onu Ona Onun Onda Ondan Onunla Onlar Onları Onların Onlara Onlardan Onlarla Ben Beni
        Bana Benim Biz Bizi Bize Bizim Sen Seni Sana Senin Siz Size Sizi Sizin Kendisi Kendileri Burada
        Burası Buradan Buraya Orada Orası Oradan Oraya Şurada Ancak Fakat Ama Ne Neden Niçin Niye Nasıl
        Nerede Kim Kimse Kimi Kimileri Hangi Kaç Ayrıca Üstelik Hatta Oysa Oysaki Halbuki Çünkü Zira
        Dolayısıyla Böylece Böylelikle Böyle Öyle Şöyle Öte Diğer Öncelikle Önce Sonra Sonrasında Ardından
        Daha Bugün Dün Yarın Şimdi Şu Artık Henüz Hâlâ Hala Her Herkes Hiçbir Hiç Bazı Bazıları Birçok
        Birçoğu Çok Çoğu Bir Biri Birisi Bütün Tüm Hem Ya Yani Ve Veya İşte Eğer Şayet Madem Nitekim Örneğin
        Mesela Özellikle Genellikle Genelde Aslında Elbette Kuşkusuz Şüphesiz Gerçekten Belki Galiba Buna
        Söz Sözü Aynı Ayrı Hepsi Hiçbiri İkisi İlgili Söz konusu Kısaca Sonuçta Sonuç Nihayet Bundan Bunun
        Kaldı Zaten Yine Gene Yoksa Keşke Acaba Haydi Lütfen Evet Hayır Tabii Peki Üstüne Yalnız Yalnızca
        Sadece Mevcut Başka Başta Nihayetinde
        """)

_SAID = "dedi|diye|sordu|bağırdı|seslendi|haykırdı|yanıtladı|cevapladı|fısıldadı|demişti|diyor|ekledi"

RULES = Rules(
    abbreviations=TABLE,
    openers=OPENERS,
    labels=words("Madde MADDE Tablo Şekil Bölüm Kısım Ek Harita Grafik Resim Fıkra Çizelge"),
    ordinals=True,
    pronouns=frozenset("o"),
    speaker=re.compile(
        rf"(?P<first>[A-ZÇĞİÖŞÜ][\w’']{{0,20}})(?:\s[A-ZÇĞİÖŞÜ][\w’']{{0,20}}){{0,2}}\s(?:{_SAID})\b"
    ),
    continues=re.compile(r"(?:[—–-]\s*)?(?:Vol|Cilt|[CS])\.\s?\d|(?:DOI|doi|ISBN|ISSN)\b"),
)
