"""Abbreviations and opening words of English, in prose of newspapers, scholars and lawyers."""

import re

from . import Rules, table, words

TABLE = table(
    never="""
        Cav Div Regt Bn Sqn Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Profs
        Assoc Asst Rev Revs Hon Fr Msgr Pres Gov Govs
        Sen Sens Rep Reps Amb Sec-Gen Supt Det Insp Gen Lt Lieut Col Maj Capt Cmdr Cdr Cpl Sgt Pvt Pfc Adm
        Brig Comm Comdr Ens Ald Atty Mt Mts Ft Pt Dept Depts Univ Inst Nat Natl Intl Acad Proc Publ Pub Supp
        App Reg Dist Cir Cal Fed Stat Hosp Bur Treas Sgts Cpls Eng Mgr Dir Exec vs viz cf resp approx ca
        circa incl excl esp aka e.g i.e a.k.a q.v N.B P.S P.P.S c.f v.s eds al.e Wm Chas Geo Jas Thos Jos
        Robt Benj Edw Ph Th Yu Kh Zh
        """,
    may="""
        U.S U.K U.N E.U U.S.A U.S.S.R D.C B.C A.D B.C.E C.E N.Y L.A Ph.D M.D B.A M.A B.Sc M.Sc M.B.A J.D
        LL.B LL.M D.Phil R.N C.P.A N.Z al id Id Jr Sr Esq St Ste Ave Blvd Rd Sq Hwy Pkwy Ln Pl Bldg Apt Rm Jan Feb
        Apr Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Ala Ariz Ark Calif Colo Conn Del
        Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash
        Wis Wyo Ont Que Alta Sask fig figs vol vols p pp ch chs chap chaps sec secs eq eqs tab tabs art arts
        para paras pt pts cl ed eds trans repr rev est b d c r fl n nn l ll v ver def ref refs ex exs obs ss
        cit Am Eur Int Ct Sci Phys Chem Biol Med Lett Assn Soc Bull Symp Conf Mag Ann Op tel ext temp avg
        min max dept
        """,
    number="No Nos no nos Sat Sun Mar Jun Jul Q",
    company="Inc Ltd Co Cos Corp LLC LLP PLC plc L.L.C L.P S.A N.V A.G Bros Pty Pte Mfg",
    clock="a.m p.m A.M P.M",
    end="etc",
)

OPENERS = words("""
        The This That These Those There Here It Its He She They We You I My Our His Her Their Your A An Some
        Such Many Most Much More Few Several Both Each Every Either Neither None Nobody Nothing Everyone
        Everybody Everything Someone Something Anyone Anything All Another Other Others One Two Three Four
        Five Ten Dozens Hundreds Thousands Millions What When Where Why Who Whom Whose Which How While
        Whether If Unless Until Since Because Although Though Despite However Moreover Furthermore
        Nevertheless Nonetheless Therefore Thus Hence Meanwhile Then Still Yet But And Or Nor So Also
        Besides Instead Indeed Perhaps Maybe Only Even Just Once Now Today Yesterday Tomorrow Later Earlier
        Soon Recently Eventually Finally Initially Previously Similarly Likewise Consequently Accordingly
        Additionally Conversely Overall Not No Never In On At By For From To With Without Within Under Over
        After Before During Through Throughout Between Among Amid Against Across About Above Below Beyond
        Into Upon Toward Towards Behind Beside Along Around Near Like Unlike Of Off Out As Is Are Was Were
        Be Been Has Have Had Do Does Did Can Could Should Would Might Must Let According Given Having Being
        Asked Speaking Officials Critics Analysts Experts Scientists Researchers Lawmakers Investors
        Economists Historians Observers Voters Prices Sales Shares Stocks Troops Protesters People Women Men
        Children Students Police Authorities Residents Witnesses Relations Talks Nowadays Ultimately
        Unfortunately Fortunately Surprisingly Interestingly Further Whatever Whoever Wherever
        """)

_MONTHS_AND_DAYS = """
        January February March April May June July August September October November December Monday Tuesday
        Wednesday Thursday Friday Saturday Sunday Eastern Pacific Central Mountain Greenwich Moscow Beijing
        Kyiv London Tokyo Ankara Istanbul Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mon Tue Tues Wed
        Thu Thurs Fri Sat Sun EST EDT ET PST PDT PT CST CDT CT MST MDT GMT UTC BST CET CEST MSK
        """
_OFFICES = """
        Chairman Chairwoman Chair President Chief CEO CFO COO CTO Director Vice Founder Co-founder Spokesman
        Spokeswoman Executive Senior Managing General Treasurer Partner Analyst Economist Strategist Lawyer
        """

_SAID = """said|says|asked|asks|shouted|cried|replied|answered|whispered|muttered|exclaimed|demanded|wondered|yelled
    |called|added|inquired|screamed|murmured|snapped|thought|wrote|repeated|continued|began|remarked|insisted|sighed
    |laughed|protested|growled|gasped|retorted|responded|interrupted"""

RULES = Rules(
    abbreviations=TABLE,
    openers=OPENERS,
    labels=words("Article Art Section Sec Chapter Ch Part Table Figure Fig Annex Appendix Rule Box Step"),
    lettered=words("""
        vitamin Vitamin plan Plan war War grade Grade group Group class Class type Type hepatitis Hepatitis
        section Section appendix Appendix annex Annex exhibit Exhibit schedule Schedule part Part phase
        Phase point Point category Category option Option Malcolm
        """),
    not_openers=words("An So Do You Can Her Most Few Such Both Day Let"),
    followers=words(_MONTHS_AND_DAYS) | words(_OFFICES),
    speaker=re.compile(
        rf"(?P<first>[A-Z][\w’'.-]{{0,20}})(?:\s[\w’'.-]{{1,20}}){{0,3}}?\s(?:{_SAID})\b", re.VERBOSE
    ),
    continues=re.compile(r"(?:[—–-]\s*)?(?:Vol|Iss|P|Pp)\.\s?\d|(?:DOI|doi|ISBN|ISSN)\b"),
    verbs=re.compile(r"\b(?:\w{2,}ed|is|are|was|were|met|began|left|came|went|will|had|has|rose|fell)\b"),
    when=re.compile(r"(?:At|By|Around|About|Until|Before|After|Since|From)\s(?:[\w:.-]+\s){0,4}[\d:.]+\s?\Z"),
)
