"""What stands around a drug's name on a medication list or a pack: strength, form, pack, route, maker, how often.

These words name no drug. They are set aside, and said: this reference checks no dose. The
module is long because packs speak many languages.
"""

from __future__ import annotations

import re

from pnetref.names import normalize, words_of

_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = (
    r"(?:mg|mcg|µg|μg|ug|gm?|kg|ml|cc|dl|l|iu|ui|ie|miu|units?|unidades|einheiten|mbq|gbq|kbq|mci|ci|mmol|meq|percent|"
    r"milligrams?|micrograms?|grams?|millilit(?:er|re)s?|million(?: units?)?|mikrogramm|microgrammes)"
)
_PER = r"(?:m2|m²|m\^2|day|d|hr?|hours?|week|dose|tab(?:let)?|cap(?:sule)?|vial|syringe|actuation|bag)"
STRENGTH = (
    rf"(?<![\w.,])(?:auc\s*=?\s*{_NUMBER}"
    rf"|(?:{_NUMBER}\s*[x×*]\s*)?{_NUMBER}(?:\s*(?:million|mio\.?|k)(?=\s))?(?:\s*(?:-|–|to|/)\s*{_NUMBER})?\s*-?\s*(?:%|{_UNIT}(?!\w))"
    rf"(?:\s*(?:/|per|in)\s*(?:{_NUMBER}\s*)?(?:{_UNIT}|{_PER})(?!\w))*)"
)
"""A strength or a dose: a number with its unit, and what it is given per (``37,5 mg``, ``120mg/0.5ml``, ``AUC 5``)."""

TEMPERATURE = (
    rf"(?<![\w.,])(?:{_NUMBER}\s*(?:(?:°|º|degrees?(?!\w))\s*(?:[cf](?!\w)|celsius|fahrenheit)?|celsius|fahrenheit)"
    r"|(?:(?:3[4-9]|4[0-3])(?:[.,]\d+)?\s*c|(?:9|1[01])\d(?:[.,]\d+)?\s*f)(?!\w))"
)
"""A temperature with its unit (``39 degrees``, ``38,5 °C``); with a letter alone one of a body (``38.5 C``, ``101F``)."""

COUNT = r"(?:[x×#]|n|no|nr|qty|per|d|q|r|refills?)?:?\.?\s*\d+(?:[.,–-]\d+)*\s*(?:[x×dhw]|st|stk|pcs|ct)?"
"""A number alone, or the count of a pack (``x30``, ``#28``, ``N30``)."""

_WORDS = (
    "s c om on ii iii i continuous continuously be each one two three four d1 conc lipomed course "
    "tablet tablets tab tabs tabl tbl tablette tabletten tabletta tabletki tabletka tablety tableta tabletas tablete "
    "tableti tabletit tabletter tablettia comprime comprimes comprimido comprimidos comprimat comprimate compressa "
    "compresse comprimata filmtablette filmtabletten filmtabletta filmdragerad filmdragerade filmdrasjerte "
    "filmovertrukne filmomhulde filmovertrukket kalvopaallysteinen kalvopaallysteiset powlekana powlekane powlekanych "
    "potahovana potahovane potahovanych pellicule pellicules recubierto recubiertos pelicula revestido revestidos "
    "rivestita rivestite film coated filmcoated fct enteric gastroresistant gastro resistant magensaftresistent "
    "magensaftresistente chewable dispersible orally disintegrating odt soluble effervescent scored caplet caplets "
    "lozenge pill pills capsule capsules caps cap capsula capsulas gelule gelules kapsel kapseln kapsul kapszula "
    "kapszulak kapsulki kapsulka tobolka tobolky tobolek kapslar kapsler kapseli kapselit kapsyl hartkapsel "
    "hartkapseln weichkapseln hard kemeny twarde twarda tvrde tvrda harde harda kova kovat dura duras rigida rigide "
    "gelatin softgel sprinkle sprinkles sert injection injections injectable inj injektion injektionslosung "
    "injektionslosning injekcio injekcios injecao inyeccion iniezione injektioneste infusion infusions infuus infuzio "
    "infusao perfusion perfusione concentrate koncentrat konzentrat concentrado concentre concentrato solution "
    "solutions soln losung losning oplossing oldat solucion solucao soluzione roztwor roztok suspension suspensions "
    "susp suspensie suspensao suspensjon szuszpenzio syrup elixir liquid powder pulver poudre polvo polvere por "
    "proszek prasek lyophilized lyophilised lyophilisate reconstitution diluent solvent kit vial vials ampoule "
    "ampoules ampule ampules amp flacon frasco fiala durchstechflasche prefilled pre filled syringe syringes pen pens "
    "cartridge autoinjector bag bags single dose multi multidose use depot pack packs package packet packets box "
    "boxes bottle bottles blister blisters strip strips carton count ct pcs piece pieces stuck stk st db szt ks doses "
    "adet tane uds oral po peroral perorale orale buccal mouth iv intravenous intravenously sc subcut subcutaneous "
    "subcutaneously sq im intramuscular intramuscularly deep parenteral delayed release extended sustained modified "
    "immediate prolonged slow dr er xr sr mr cr xl retard ec once twice daily day days od bd bid tid tds qd qod qid "
    "qam qpm qhs hs nocte mane prn stat weekly week weeks monthly month months every hour hours hourly am pm morning "
    "night evening bedtime cycle take takes taking taken ac pc rx brand generic strength equivalent as eq usp bp ph "
    "eur jp nf jan inn usan stada teva sandoz mylan viatris pfizer novartis ipsen accord hexal ratiopharm zentiva "
    "krka richter reddy reddys cipla apotex apo aurobindo auro fresenius kabi hospira actavis zydus glenmark hikma "
    "amneal lupin biocon breckenridge almus ranbaxy ebewe medac amarox natco eugia qilu hengrui sawai nichiiko towa "
    "nipro baxter bluepoint meitheal gland ingenus armas avet jamp taro pharmascience pms mint riva roche genentech "
    "merck msd exelixis takeda bristol bms astrazeneca lilly wockhardt dexcel aristo heumann ribosepharm onkotrust "
    "cellpharm denk betapharm aliud abz axcount mylanpharma alvogen tillomed synthon pharmathen vivimed qualimed "
    "seacross pharmachemie pharmaand ethypharm orpha sigmatau keocyte xiromed slate novadoz hetero camber macleods "
    "perrigo kirkland equate kremers wes lek lannett torrent nostrum esteve winthrop biogaran eg arrow chemi omega "
    "vipharm ach ran novo act dom orion bendalis sun gp pharm zur herstellung einer eines infusionslosung "
    "infusionslosungen einnehmen fertigspritze losungsmittel nt mio i.e sporzadzania roztworu infuzji wstrzykiwan "
    "solvant pelliculés b cpr gastroresis gastrorresistente gastrorresistentes gastroresistenti gastroresistentes efg "
    "dispersables dispersable inyectable inyectables jeringa precargada precargadas cinfa normon infusione riv filmom "
    "obalene obalenych nob micrograms microgramu injekcni injekcny konsantre infuzyon cozeltisi enjeksiyon liuos "
    "enterotabletti enterokapseli orodispersible orodispersibel melting soft concentrated i.v i.m s.c q28d q4w q3w "
    "q2w q6w q8w q1w q21d q14d before breakfast after meals meal sig disp refill refills supply trial trials study "
    "studies fasttab fastabs fastab fas mups pellets granules granulat granulado sachet sachets beutel stuk stuks "
    "tabletes kapsulas kapsules kietosios pleve dengtos koncentratas tirpalui concentraat voor infusie injectie "
    "poeder hardes tvrdych tvrdé stosowania doustnego regimen therapy treatment chemo medication medicine drug med "
    "meds grade syr q4wk q3wk q2wk q6wk q8wk q12wk q1wk q4wks q3wks q2wks q28days q21days q14days inhaler "
)
ASIDE = frozenset(map(normalize, _WORDS.split()))
"""Words of strength, form, pack, route, time and maker in the languages of packs, as ``names.normalize`` gives them."""

_MAKERS_FIRST = r"^([A-Za-z]+)-(.+)$"
_MAKERS_LAST = r"^(.+)-([A-Za-z]+)$"


def has_number(text: str) -> bool:
    """Tell whether ``text`` may hold a strength or a count: the patterns of these take time to build."""
    return any(map(str.isdigit, text))


def is_aside(word: str) -> bool:
    """Tell whether a word of a medication list names no drug: a strength, a count, a form, a maker."""
    plain = word.strip("()[]{}.,;:®™*'\"")
    if not words_of(plain):
        return not any(map(str.isalnum, plain))  # a sign alone, and no word of another script
    return (
        is_strength(plain)
        or _is_count(plain)
        or all(normalize(part) in ASIDE for part in re.split(r"[-/.]", plain) if part)
    )


def without_maker(word: str) -> list[str]:
    """Give a word with the maker that is tied to it apart (``APO-Sunitinib``, ``Sunitinib-Teva``)."""
    for pattern, first in ((_MAKERS_FIRST, True), (_MAKERS_LAST, False)):
        found = re.match(pattern, word)
        if found and normalize(found.group(1 if first else 2)) in ASIDE:
            return [found.group(1), found.group(2)]
    return [word]


def is_strength(text: str) -> bool:
    """Tell whether what was set aside is a strength or a dose."""
    return has_number(text) and bool(re.fullmatch(STRENGTH, text.strip("()[] "), re.IGNORECASE))


def is_temperature(text: str) -> bool:
    """Tell whether what was set aside is a temperature."""
    return has_number(text) and bool(re.fullmatch(TEMPERATURE, text, re.IGNORECASE))


def _is_count(text: str) -> bool:
    return has_number(text) and bool(re.fullmatch(COUNT, text, re.IGNORECASE))
