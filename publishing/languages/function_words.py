"""Words that say nothing of what a text is about: articles, pronouns, prepositions, conjunctions, auxiliaries.

Closed classes of the three grammars, in the forms in which texts have them, small letters, Russian with е for ё.
"""

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final = (
    "a about above after again against all also although am among an and any are as at be because been before "
    "being below between both but by can cannot could did do does doing down during each either else even ever "
    "every few for from further had has have having he her here hers herself him himself his how however i if in "
    "into is it its itself just may me might more most much must my myself neither no nor not of off on once one "
    "only or other our ours ourselves out over own rather same shall she should since so some such than that the "
    "their theirs them themselves then there therefore these they this those though through thus to too under "
    "until up upon us very was we were what when where whether which while who whom whose why will with within "
    "without would yet you your yours yourself"
)
_TURKISH: Final = (
    "acaba ama ancak artık aslında aynı az bana bazı belki ben beni benim beri bile bir biri birkaç birşey biz "
    "bize bizi bizim böyle bu buna bunda bundan bunlar bunları bunların bunu bunun burada çok çoğu çünkü da daha "
    "dahi de defa değil diğer diye dolayı eğer en fakat gibi göre ha hangi hatta hem henüz hep hepsi her hiç için "
    "ile ilgili ise işte kadar karşı kendi kez ki kim kimse mı mi mu mü nasıl ne neden nedenle nerede niçin niye o "
    "olan olarak oldu olduğu olduğunu olmak olması olsa olup olur ona ondan onlar onları onların onu onun orada "
    "oysa öyle pek rağmen sadece sanki sen senin siz sizin sonra şey şeklinde şimdi şöyle şu şunu tarafından tüm "
    "üzere var ve veya ya yani yine yok yoksa zaten"
)
_RUSSIAN: Final = (
    "а без более больше будет будут бы был была были было быть в вам вас весь во вот все всего всей всех вы где "
    "да даже для до его ее если есть еще же за здесь и из или им ими их к как какая какой когда которая которого "
    "которой которые который которых кто ли либо лишь между меня мне может можно мой мы на над надо нам нас наш "
    "не него нее ней нет ни них но ну о об однако он она они оно от перед по под после потом потому почти при про "
    "с свое своего своей своем свои свой своих себе себя со так также такая такие такого такой там те тем того "
    "тоже той только том ту ты у уже хотя чего чем через что чтобы эта эти этим этих это этого этой этом этому "
    "этот эту я"
)
FUNCTION_WORDS: Final[Mapping[str, frozenset[str]]] = {
    "en": frozenset(_ENGLISH.split()),
    "tr": frozenset(_TURKISH.split()),
    "ru": frozenset(_RUSSIAN.split()),
}
"""By language."""
