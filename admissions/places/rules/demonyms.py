"""What countries are called beside their names, and what their citizens are called (ISO 3166 alpha-2)."""

SHORT_NAMES = {
    "BN": "Brunei",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic",
    "FK": "Falkland Islands",
    "FM": "Micronesia",
    "PS": "Palestine",
    "RU": "Russia",
    "SY": "Syria",
    "TR": "Turkey",
    "VA": "Vatican City",
    "VG": "British Virgin Islands",
    "VI": "US Virgin Islands",
    "XK": "Kosovo",  # ISO has no code for it yet; this one is what phones and the EU use
}
"""The names we show where ISO's are long or little known."""

AMBIGUOUS = {
    "congo": ("CD", "CG"),
    "congolese": ("CD", "CG"),
    "korea": ("KR", "KP"),
    "dominican": ("DO", "DM"),
    "virgin islands": ("VI", "VG"),
    "guinean": ("GN", "GW", "GQ"),
    "america": ("US",),
}
"""What may mean several, or is too loose to be taken without asking."""

ALIASES = """
 AE: uae, emirates, emirati, dubai; AF: afghan; AG: antigua; AL: albanian; AM: armenian; AO: angolan; AR:
argentine, argentinian; AT: austrian; AU: australian, aussie; AZ: azerbaijani, azeri; BA: bosnia, bosnian; BB:
barbadian; BD: bangladeshi, bengali; BE: belgian; BF: burkinabe; BG: bulgarian; BH: bahraini; BI: burundian;
BJ: beninese; BO: bolivian; BR: brazilian, brasil; BS: bahamian; BT: bhutanese; BW: botswanan; BY: belarusian,
belarussian; BZ: belizean; CA: canadian; CD: dr congo, drc, zaire, congo kinshasa; CG: congo brazzaville; CH:
swiss; CI: cote divoire, ivorian; CL: chilean; CM: cameroonian; CN: chinese, prc, mainland china; CO:
colombian; CR: costa rican; CU: cuban; CV: cape verde; CY: cypriot; CZ: czech; DE: german, deutschland; DK:
danish; DO: dominican rep; DZ: algerian; EC: ecuadorian, ecuadorean; EE: estonian; EG: egyptian; ER: eritrean;
ES: spanish, espana; ET: ethiopian; FI: finnish; FJ: fijian; FR: french; GA: gabonese; GB: uk, britain, great
britain, england, scotland, wales, northern ireland, british, english, scottish, welsh; GD: grenadian; GE:
georgian; GH: ghanaian, ghanian; GM: gambian, the gambia; GN: guinea conakry; GR: greek, hellas; GT:
guatemalan; GY: guyanese; HK: hongkong; HN: honduran; HR: croatian; HT: haitian; HU: hungarian; ID:
indonesian; IE: irish, eire, republic of ireland; IL: israeli; IN: indian, bharat; IQ: iraqi; IR: iranian,
persia, persian; IS: icelandic; IT: italian; JM: jamaican; JO: jordanian; JP: japanese; KE: kenyan; KG:
kyrgyz; KH: cambodian; KN: st kitts, saint kitts; KP: dprk; KR: korean, south korean, republic of korea; KW:
kuwaiti; KZ: kazakh, kazakhstani; LA: laotian, lao; LB: lebanese; LC: st lucia, saint lucian; LK: sri lankan,
srilanka, ceylon; LR: liberian; LS: basotho; LT: lithuanian; LU: luxembourgish; LV: latvian; LY: libyan; MA:
moroccan; MD: moldovan; ME: montenegrin; MG: malagasy, madagascan; MK: macedonia, macedonian; ML: malian; MM:
burma, burmese; MN: mongolian; MO: macau; MR: mauritanian; MT: maltese; MU: mauritian; MV: maldivian; MW:
malawian; MX: mexican; MY: malaysian; MZ: mozambican; NA: namibian; NE: nigerien; NG: nigerian, naija; NI:
nicaraguan; NL: holland, dutch, the netherlands; NO: norwegian; NP: nepali, nepalese; NZ: new zealander, kiwi;
OM: omani; PA: panamanian; PE: peruvian; PH: filipino, filipina, phillipines, the philippines; PK: pakistani;
PL: polish; PR: puerto rican; PS: palestinian, gaza, west bank; PT: portuguese; PY: paraguayan; QA: qatari;
RO: romanian; RS: serbian; RU: russian; RW: rwandan; SA: saudi, ksa, saudi arabian; SD: sudanese; SE: swedish;
SG: singaporean; SI: slovenian; SK: slovak; SL: sierra leonean; SN: senegalese; SO: somali; SR: surinamese;
SS: south sudanese; SV: salvadoran; SY: syrian; SZ: swaziland, swazi; TD: chadian; TG: togolese; TH: thai; TJ:
tajik; TL: east timor; TM: turkmen; TN: tunisian; TR: turkish, turkiye; TT: trinidad, trinidadian; TW:
taiwanese; TZ: tanzanian; UA: ukrainian; UG: ugandan; US: usa, us, u s, u s a, united states of america,
american; UY: uruguayan; UZ: uzbek; VC: st vincent; VE: venezuelan; VN: vietnamese; XK: kosovar, kosovan; YE:
yemeni; ZA: south african, rsa; ZM: zambian; ZW: zimbabwean
"""


def read_aliases() -> dict[str, str]:
    """Return each alias, in small letters, with its country."""
    entries = (entry.split(":") for entry in ALIASES.replace("\n", " ").split(";"))
    return {" ".join(alias.split()): code.strip() for code, names in entries for alias in names.split(",")}
