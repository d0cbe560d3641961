"""US spelling turned into that of the United Kingdom: a table of whole words, and what is never respelled.

The data and the screens are written in US spelling. Names of substances (cyclosporine, estradiol, sulfate) are not
spelling. What one word of the US is two of in the UK stands in no table unless the words beside it decide: *meter* is
respelled behind *square* alone, since a glucose meter is none of length; *gray*, *practice*, *license*, *disk* and
*rigor* stay as they are. Both spell *fetus*, *angioedema* and *leukoencephalopathy* alike in labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SEVERAL = {
    "acknowledgment": "acknowledgement",
    "amenorrhea": "amenorrhoea",
    "analog": "analogue",
    "anesthesia": "anaesthesia",
    "anesthesiologist": "anaesthesiologist",
    "anesthetic": "anaesthetic",
    "anesthetist": "anaesthetist",
    "antidiarrheal": "antidiarrhoeal",
    "antiestrogen": "antioestrogen",
    "apnea": "apnoea",
    "artifact": "artefact",
    "bradypnea": "bradypnoea",
    "caliber": "calibre",
    "catalog": "catalogue",
    "centimeter": "centimetre",
    "cesarean": "caesarean",
    "counselor": "counsellor",
    "deciliter": "decilitre",
    "defense": "defence",
    "dialog": "dialogue",
    "diarrhea": "diarrhoea",
    "dysesthesia": "dysaesthesia",
    "dysmenorrhea": "dysmenorrhoea",
    "dyspnea": "dyspnoea",
    "edema": "oedema",
    "enroll": "enrol",
    "enrollment": "enrolment",
    "erythrodysesthesia": "erythrodysaesthesia",
    "estrogen": "oestrogen",
    "fiber": "fibre",
    "fulfill": "fulfil",
    "fulfillment": "fulfilment",
    "galactorrhea": "galactorrhoea",
    "goiter": "goitre",
    "gynecologist": "gynaecologist",
    "hemangioblastoma": "haemangioblastoma",
    "hemangioma": "haemangioma",
    "hematologist": "haematologist",
    "hematoma": "haematoma",
    "hemihypoesthesia": "hemihypoaesthesia",
    "hemorrhage": "haemorrhage",
    "hemorrhoid": "haemorrhoid",
    "hyperesthesia": "hyperaesthesia",
    "hypoesthesia": "hypoaesthesia",
    "instill": "instil",
    "judgment": "judgement",
    "kilometer": "kilometre",
    "leukocyte": "leucocyte",
    "liter": "litre",
    "lymphedema": "lymphoedema",
    "maneuver": "manoeuvre",
    "microliter": "microlitre",
    "milliliter": "millilitre",
    "millimeter": "millimetre",
    "mold": "mould",
    "offense": "offence",
    "orthopnea": "orthopnoea",
    "papilledema": "papilloedema",
    "paresthesia": "paraesthesia",
    "pediatrician": "paediatrician",
    "program": "programme",
    "rhinorrhea": "rhinorrhoea",
    "seborrhea": "seborrhoea",
    "sialorrhea": "sialorrhoea",
    "square meter": "square metre",
    "steatorrhea": "steatorrhoea",
    "tachypnea": "tachypnoea",
    "theater": "theatre",
    "tranquilizer": "tranquilliser",
}
"""Words that have a plural or a third person in -s besides."""

ALONE = {
    "aging": "ageing",
    "aluminum": "aluminium",
    "apneic": "apnoeic",
    "behavioral": "behavioural",
    "cecal": "caecal",
    "cecum": "caecum",
    "celiac": "coeliac",
    "centered": "centred",
    "centering": "centring",
    "discoloration": "discolouration",
    "discolorations": "discolourations",
    "distention": "distension",
    "dyspneic": "dyspnoeic",
    "edematous": "oedematous",
    "esophageal": "oesophageal",
    "esophagitis": "oesophagitis",
    "esophagopharyngitis": "oesophagopharyngitis",
    "esophagus": "oesophagus",
    "etiologic": "aetiologic",
    "etiology": "aetiology",
    "favorite": "favourite",
    "fecal": "faecal",
    "feces": "faeces",
    "gastroesophageal": "gastro-oesophageal",
    "gynecologic": "gynaecologic",
    "gynecological": "gynaecological",
    "gynecology": "gynaecology",
    "gynecomastia": "gynaecomastia",
    "hematemesis": "haematemesis",
    "hematochezia": "haematochezia",
    "hematocrit": "haematocrit",
    "hematologic": "haematologic",
    "hematological": "haematological",
    "hematology": "haematology",
    "hematopoiesis": "haematopoiesis",
    "hematopoietic": "haematopoietic",
    "hematotoxicity": "haematotoxicity",
    "hematuria": "haematuria",
    "hemochromatosis": "haemochromatosis",
    "hemodialysis": "haemodialysis",
    "hemodynamic": "haemodynamic",
    "hemodynamics": "haemodynamics",
    "hemoglobin": "haemoglobin",
    "hemolysis": "haemolysis",
    "hemolytic": "haemolytic",
    "hemophagocytic": "haemophagocytic",
    "hemophilia": "haemophilia",
    "hemopoietic": "haemopoietic",
    "hemoptysis": "haemoptysis",
    "hemorrhaged": "haemorrhaged",
    "hemorrhagic": "haemorrhagic",
    "hemorrhaging": "haemorrhaging",
    "hemorrhoidal": "haemorrhoidal",
    "hemostasis": "haemostasis",
    "hemothorax": "haemothorax",
    "intratumoral": "intratumoural",
    "leukemogenic": "leukaemogenic",
    "leukocytopenia": "leucocytopenia",
    "leukocytosis": "leucocytosis",
    "leukocyturia": "leucocyturia",
    "leukopenia": "leucopenia",
    "leukopenic": "leucopenic",
    "melena": "melaena",
    "moldy": "mouldy",
    "multicenter": "multicentre",
    "myxedema": "myxoedema",
    "orthopedic": "orthopaedic",
    "orthopedics": "orthopaedics",
    "pajamas": "pyjamas",
    "pediatric": "paediatric",
    "pediatrics": "paediatrics",
    "skeptical": "sceptical",
    "skillful": "skilful",
    "willful": "wilful",
}

OUR = (
    "antitumor",
    "behavior",
    "color",
    "discolor",
    "endeavor",
    "favor",
    "flavor",
    "harbor",
    "honor",
    "humor",
    "labor",
    "neighbor",
    "odor",
    "tumor",
    "unfavor",
    "vapor",
    "vigor",
)
"""What ends in -our, before -s, -ed, -ing, -able, -ful and -less too; not before -ous, -ation and -ize."""

DOUBLED = (
    "cancel",
    "channel",
    "counsel",
    "fuel",
    "label",
    "level",
    "mislabel",
    "model",
    "radiolabel",
    "signal",
    "travel",
    "tunnel",
)
"""What doubles its last letter before -ed, -ing and -er."""

AEMIA = (
    "an azot bacter bilirubin dyslipid euglyc fung glyc hyper hyperammon hyperamylas hyperbilirubin hypercalc "
    "hypercholesterol hyperglyc hyperinsulin hyperkal hyperlipas hyperlipid hypermagnes hypernatr hyperphosphat "
    "hypertriglycerid hyperuric hypoalbumin hypocalc hypogammaglobulin hypoglyc hypokal hypomagnes hyponatr "
    "hypophosphat hypovol hypox isch keton leuk methemoglobin normoglyc polycyth preleuk septic thalass thrombocyth "
    "tox ur vir"
)
"""What ends in -aemia or -aemic."""

ISE = (
    "anonym author canal categor catheter cauter central character chemoembol colon crystall depolar desensit "
    "destabil embol emphas equal final general hospital immun individual ion local maxim metabol metastas minim "
    "mobil moistur necrot neutral normal optim organ oxid pasteur personal polar postembol priorit pulver radioembol "
    "radiosensit random recogn sensit social solubil special stabil standard steril stigmat summar symbol synthes "
    "util vapor visual"
)
"""What ends in -ise and its forms, as a UK patient leaflet has it: not the -ize of Oxford."""

YSE = ("anal", "catal", "dial", "hemol", "hydrol", "paral")
"""What ends in -yse and its forms."""


def _table() -> dict[str, str]:
    words = {**ALONE, **SEVERAL, "center": "centre", "centers": "centres"}
    words |= {f"{us}s": f"{uk}s" for us, uk in SEVERAL.items()}
    words |= _forms(((stem, stem[:-2] + "our") for stem in OUR), ("", "s", "ed", "ing", "able", "ably", "ful", "less"))
    words |= _forms(((stem, stem + stem[-1]) for stem in DOUBLED), ("ed", "ing", "er", "ers"))
    words |= _forms(((f"{stem}em", f"{_uk(stem)}aem") for stem in AEMIA.split()), ("ia", "ias", "ic"))
    forms = ("e", "es", "ed", "er", "ers", "ing", "able", "ation", "ations")
    words |= _forms(((f"{stem}iz", f"{stem}is") for stem in ISE.split()), forms)
    return words | _forms(((f"{stem}yz", f"{_uk(stem)}ys") for stem in YSE), ("e", "es", "ed", "er", "ers", "ing"))


def _uk(stem: str) -> str:
    return stem.replace("hem", "haem")


def _forms(stems: Iterable[tuple[str, str]], endings: tuple[str, ...]) -> dict[str, str]:
    return {us + ending: uk + ending for us, uk in stems for ending in endings}


UK = _table()
"""Each word in US spelling, in lower case, with its UK spelling."""

_PARTS = re.compile(r"“[^”]*”|\"[^\"]*\"|\S*[^\W\d_]\.[^\W\d_]\S*|square meters?|[^\W\d_]+", re.IGNORECASE)
_IN_A_NAME = re.compile(r"\b[A-Z]\w*[ -]$")


def in_uk(text: str, verbatim: Iterable[str] = ()) -> str:
    """Give ``text`` in UK spelling, each word with the case that it has.

    What stands between quotation marks, the ``verbatim`` pieces, addresses, and the words of a name of several
    (*MD Anderson Cancer Center*) are left as they are.
    """
    pieces = [re.escape(piece) for piece in verbatim if piece.strip()]
    if not pieces:
        return _PARTS.sub(_respelled, text)
    apart = re.split(f"({'|'.join(sorted(pieces, key=len, reverse=True))})", text)
    return "".join(part if index % 2 else _PARTS.sub(_respelled, part) for index, part in enumerate(apart))


def _respelled(part: re.Match[str]) -> str:
    word = part.group()
    uk = UK.get(word.lower())
    if uk is None or (word.istitle() and _IN_A_NAME.search(part.string, 0, part.start())):
        return word
    if word.isupper():
        return uk.upper()
    return uk[0].upper() + uk[1:] if word[0].isupper() else uk
