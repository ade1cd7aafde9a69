"""Specialties: the names we use, and what applicants call them."""

from admissions.applications.rules import text as texts

LISTED = (
    "Internal Medicine",
    "Family Medicine",
    "Pediatrics",
    "Surgery",
    "Psychiatry",
    "Obstetrics and Gynecology",
    "Emergency Medicine",
)
"""What HMC offers (fact G13)."""

TO_CONFIRM = (
    "Cardiology",
    "Neurology",
    "Gastroenterology",
    "Oncology",
    "Endocrinology",
    "Nephrology",
    "Pulmonology",
    "Rheumatology",
    "Ophthalmology",
    "Physical Medicine and Rehabilitation",
    "Infectious Disease",
)
"""What an advisor confirms (fact W3)."""

SPECIALTIES = LISTED + TO_CONFIRM

ALIASES = {
    "Internal Medicine": "im, internal, internal med, int med, medicine, internist, general medicine",
    "Family Medicine": "fm, fp, gp, family, family med, family practice, general practice, fam med",
    "Pediatrics": "peds, paeds, pedi, paediatrics, pediatric, paediatric, pediatrician, child health",
    "Surgery": "gs, surg, general surgery, surgical, surgeon, gen surg",
    "Psychiatry": "psych, psychiatric, psychiatrist, mental health",
    "Obstetrics and Gynecology": "ob, obgyn, ob gyn, obs gyn, gyn, gyne, gynae, obstetrics, gynecology,"
    " gynaecology, obstetrics gynecology, obs and gynae, womens health",
    "Emergency Medicine": "em, er, emergency, emergency med, emergency room, a and e, accident and emergency",
    "Cardiology": "cardio, cards, cardiac, cardiologist, heart",
    "Neurology": "neuro, neurologist",
    "Gastroenterology": "gi, gastro, gastroenterologist",
    "Oncology": "onc, heme onc, hem onc, hematology oncology, oncologist, cancer",
    "Endocrinology": "endo, endocrine, diabetes",
    "Nephrology": "nephro, renal, kidney",
    "Pulmonology": "pulm, pulmo, pulmonary, respiratory, pulmonary medicine",
    "Rheumatology": "rheum, rheumato",
    "Ophthalmology": "ophtho, ophthal, eye",
    "Physical Medicine and Rehabilitation": "pm and r, pmr, pm r, physiatry, rehab, rehabilitation,"
    " physical medicine",
    "Infectious Disease": "id, infectious diseases, infectious",
}


def _forms() -> dict[str, str]:
    aliases = ((alias, name) for name, line in ALIASES.items() for alias in line.split(","))
    return {texts.plain(form): name for form, name in [*((name, name) for name in SPECIALTIES), *aliases]}


FORMS = _forms()
"""Each form, as `text.plain` writes it, with the name of its specialty."""
