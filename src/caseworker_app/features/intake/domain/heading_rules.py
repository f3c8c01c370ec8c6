"""Patterns of column names, run on folded words (« Né(e) le », « DDN », « Dt naiss. » are one thing).

Order matters: each rule stands before those it would otherwise be confused with, a place of birth
before a date of birth.
"""

from __future__ import annotations

import re

LONG_BRACKET = re.compile(r"\([^)]{25,}\)")
INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")

CO_HOLDER = re.compile(
    r"\b(?:co ?titulaires?|cotit|co ?loc(?:ataires?)?|conjointe?|concubine?|epoux|epouse|co ?demandeur"
    r"|co ?preneur"
    r"|(?:locataire|titulaire|demandeur|preneur) (?:n )?2|(?:2|2e|2eme|second) (?:locataire|titulaire"
    r"|demandeur|preneur)"
    r"|titulaire secondaire)\b"
)
DEPENDANT = re.compile(
    r"\b(?:ayants? droits?|enfants?|personnes? a charge|pers a charge|occupants?|membres?"
    r"|mineurs?)(?: du menage)?"
    r"(?: n)? (\d{1,2})\b|\b(\d{1,2})(?:er|e|eme)? (?:ayant droit|enfant|occupant|membre)\b"
)
ONE_CHILD = re.compile(r"\b(?:nom|prenom|date|ne e?).*\b(?:de l |de |du |d )?(?:enfant|ayant droit)\b")
OTHERS = re.compile(
    r"\b(?:referent|conseillere?|responsable|gestionnaire|accompagnat\w*|accompagnement|gardien"
    r"|travailleur social|garant"
    r"|cautionnaire|proprietaire|tuteur|curateur|mandataire|urgence|a contacter|a prevenir|structure"
    r"|employeur|medecin"
    r"|organisme|service|prescripteur|orienteur|orientation|orientee?|charge d\w*|interlocuteur|cip"
    r"|assistante?|commercial"
    r"|agence|societe|entreprise|syndic|suivi|moa|maitre d ouvrage|pole emploi|france travail|caf|msa"
    r"|allocataire)\b"
)
HOLDER_WORDS = re.compile(
    r"\b(?:(?:du |de la |des |de l |de |d )?(?:locataires?(?: principale?)?"
    r"|titulaires?(?: principale?)?(?: du bail)?"
    r"|demandeurs?|usagers?|beneficiaires?|personnes?(?: de reference)?|residente?s?|domicilie?s?"
    r"|adherente?s?"
    r"|preneurs?|chef de famille|occupants? principal))(?: n)?(?: 1)?\b"
)

# Not for us although some word would say so: dates of a procedure, places, codes, maxima.
IGNORED = re.compile(
    r"\bdom\b|domiciliation|\bdom actuelle|^si autre|^seulement si (?!valide)|dernier passage|inscription"
    r"|entretien"
    r"|\b(?:lieu|commune|ville|pays|dep|dept|departement|code lieu)(?: de)? naiss|naissance (?:lieu"
    r"|commune|ville|pays)"
    r"|^(?:uid|id|cle) (?:adresse|interop)|^nee? e? ?a$|insee|code commune|depcom|codcom|^reg(?:ion)?$"
    r"|^dep(?:artement)?$|code dep|libdep|qpv"
    r"|loyer (?:maximum|plafond|max)|maximale|surface (?:des )?annexe|surface utile|surface corrigee|\bsu\b"
    r"|lien avec la commune|zone|rome\b|^date (?:de )?(?:la )?(?:mise a jour|maj|creation|edition"
    r"|extraction)|dif \w+"
    r"|situation|motif|cause|permis|niveau|emploi|revenu|ressource|\brsa\b|\bare\b|\bass\b"
    r"|prime d activite|\brls\b"
    r"|depot de garantie|^dg$|date (?:d |de |du )?(?:fin de droit|orientation|mesure|demande)|mesure\b"
)
_WITHHELD_RULES = (
    (
        "key",
        (
            r"chiffrement|cryptage|encrypt|decrypt|\bcles? (?:privee|secrete|maitre|(?:d |de l )?organisation\b)"
            r"|\bmots? de passe|\bpassword|passphrase|phrase secrete|\bsecret\b|\btoken\b|\bapi key"
        ),
    ),
    ("nir", r"\bnir\b|securite sociale|\bsecu\b|\b(?:n|num|numero) (?:de )?ss\b|\bnss\b|^ss$"),
    ("bank", r"\biban\b|\brib\b|\bbic\b|bancaire"),
    (
        "health",
        r"\bsante\b|handicap|\brqth\b|\bmdph\b|pathologi|maladie|\baah\b|addict|medica|\bpmr\b.*locataire",
    ),
    ("origin", r"nationalite|religion|ethni|titre de sejour|\borigine (?:geo|ethn)"),
    ("justice", r"violence|incarcer|casier|penal|judiciaire"),
)

_CHARGES = r"charges?(?: loc\w*| recup\w*)?"
_NUMBER_OF = r"(?:n|no|num|numero|ref|reference|code|id|identifiant|cle) ?(?:de |du |d |des |de la |de l )?"
_COUNT_OF = r"(?:nb|nbr|nbre|nombre|n) ?(?:de |d |des |total )*"

_RULES: tuple[tuple[str, str], ...] = (
    (
        "birth_date",
        (
            r"^nee?s? ?e? le$|^nee?$|^ne e$|date ?(?:de )?naiss|\bd(?:t|at)e? ?naiss|\bddn\b|^dn$"
            r"|^naiss(?:ance)?$|date nais"
        ),
    ),
    (
        "email",
        (r"\be ?mails?\b|\bmails?\b|\bmel\b|courriel|electronique"),
    ),
    (
        "work_phone",
        (r"tel\w* (?:travail|pro\b|prof\w*|bureau)"),
    ),
    (
        "mobile_phone",
        (r"portable|\bmobile\b|\bgsm\b|^port$|\btel\w* (?:port|mob|p|m)\b"),
    ),
    (
        "home_phone",
        (r"tel\w* (?:du |de )?(?:domicile|fixe|dom|fix|maison|d|f)\b|^fixe$"),
    ),
    (
        "phone",
        (r"\btel(?:s|ephone|ephones|ephonique)?\b|\bphones?\b|numtel|^tel\d?\b|^contacts?$"),
    ),
    (
        "postal_city",
        (
            r"(?:cp|code postal) (?:et )?(?:ville|commune|localite)|^cpville$|ville cp"
            r"|ad\w* ligne ?6|^ligne ?6"
        ),
    ),
    (
        "postal_code",
        (r"\bcp\b|code ?postal|\bcod ?post|^postal\w*$"),
    ),
    (
        "lease_reference",
        (
            r"(?<!date )\b"
            + _NUMBER_OF
            + r"(?:bail|baux|contrat|location|engagement)\b|^n?bail$|^bail n|^contrat(?: n)?$"
        ),
    ),
    (
        "exit_date",
        (
            r"date (?:de |du |d )?(?:sortie|depart|fin|conge|resil\w*)|^sortie?(?: le)?$"
            r"|fin (?:de |du )?(?:bail|contrat)|^depart$"
            r"|^date fin|resiliation"
        ),
    ),
    (
        "entry_date",
        (
            r"dat?e? ?(?:d |de |du )?(?:l )?(?:entree|effet|debut|emmenag\w*|signature|arrivee"
            r"|prise|bail|contrat|eds)"
            r"|\bdt ?(?:entree|effet|debut)"
            r"|^entree?(?: le| dans (?:les lieux|le logement|le logt|l appartement)| lieux)?$"
            r"|^entre e? ?le$|debut (?:de |du )?(?:bail|contrat|loc\w*)"
            r"|emmenagement|occupant depuis|^depuis le$|effet (?:du )?bail|^date ent$"
            r"|^arrivee?(?: le)?$"
        ),
    ),
    (
        "dwelling_reference",
        (
            r"\b"
            + _NUMBER_OF
            + r"(?:logements?|logts?|lgt|log|ug|lots?|local|module|esi|rpls|unite\w*)\b|^ug$|^lot$"
            r"|^module$"
            r"|^log(?:ement|t)$|\brpls\b|unite de gestion|designation (?:du |des )?log|^n ?(?:log"
            r"|ug|lot)\w*$"
        ),
    ),
    (
        "dwelling_count",
        (r"^nb$|^" + _COUNT_OF + r"(?:logements?|logts?)$"),
    ),
    (
        "typology",
        (
            r"typologie|^typ?e?$|type (?:de |du |d )?(?:log\w*|lgt|local|app\w*|bien)|^typ(?:o"
            r"|lo\w*|log)$|nature (?:du )?log"
        ),
    ),
    (
        "rooms",
        (r"\b" + _COUNT_OF + r"pieces?|^nbpieces?|^pieces?$|^nbp$"),
    ),
    (
        "living_area",
        (r"\bsurf(?:ace)?\b|surf ?hab|\bshab\b|superficie|^m2$"),
    ),
    (
        "construction_year",
        (r"^construct|annee (?:de )?construct"),
    ),
    (
        "energy_class",
        (r"\bdpe(?:energie)?$|classe energ|etiquette energ"),
    ),
    (
        "balance",
        (
            r"^(?!nature|type|objet|origine)(?:.*\b)?(?:soldes?\b|impayes?|dette)|arrieres?"
            r"|montant (?:du$|du au|restant)|reste (?:du|a payer)|\bdebit|retard|creance|encours"
        ),
    ),
    (
        "housing_benefit",
        (
            r"\bapl\b|\bals\b|\balf\b|^al$|\bal (?:versee?|mensuelle)|aides? (?:au "
            r"|personnalisee au |de )?log|alloc\w* (?:de )?log"
        ),
    ),
    (
        "rent_with_charges",
        (
            r"loyer.*(?:\bcc\b|(?:charges? (?:comprises?|incluses?)|(?:et|avec|toutes"
            r"|plus) charges?)|\bttc\b)|^loyer charges$|quittance"
            r"|loyer global|^terme\b|redevance tot|total (?:du )?(?:loyer|terme|appele)"
        ),
    ),
    (
        "rent",
        (r"loyer|redevance"),
    ),
    (
        "children",
        (r"\b" + _COUNT_OF + r"(?:enfants?|mineurs?)|^enfants?$|enfants? a charge"),
    ),
    (
        "adults",
        (r"\b" + _COUNT_OF + r"adultes?|^adultes?$"),
    ),
    (
        "service_charges",
        (
            r"^"
            + _CHARGES
            + r"|prov\w* (?:sur |pour |de )?charges?|^provisions?$|montant (?:des )?charges|^chg\w*$"
        ),
    ),
    (
        "occupants",
        (
            r"\b"
            + _COUNT_OF
            + r"(?:occupants?|pers\w*|habitants?|membres?|pax)\b|^occupants?$|compo\w* (?:fam\w*"
            r"|du menage|menage)|^compo\w*$|taille (?:du )?menage"
        ),
    ),
    (
        "relation",
        (r"parente\b|lien familial|^liens?$|statut familial|qualite (?:de l )?occupant"),
    ),
    (
        "civility",
        (r"^civ\w*$|^titre$|^m mme\w*|^mr mme|^sexe$|^genre$|^civilite"),
    ),
    (
        "full_name",
        (r"\bnoms?\b.*\bprenoms?\b|\bprenoms?\b.*\bnoms?\b|identite|nom complet|^nomprenom"),
    ),
    (
        "birth_name",
        (r"noms? (?:de )?(?:naissance|jeune fille|patronymique)|\bnjf\b|patronyme|nom naiss"),
    ),
    (
        "other_name",
        (r"noms? (?:d )?(?:usage|usuel|marital|epouse|mariage)|surnom"),
    ),
    (
        "first_name",
        (r"\bprenoms?\b|first ?name"),
    ),
    (
        "house_number",
        (r"^(?:n|no|num|numero) ?(?:de |dans )?(?:la )?(?:voie|rue|voirie)|^numvoie|^numero$"),
    ),
    (
        "repetition",
        (r"indrep|^bis(?: ter)?|repetition|^btq$"),
    ),
    (
        "street_kind",
        (r"typ?e? ?(?:de )?(?:la )?voie|nature (?:de )?(?:la )?voie"),
    ),
    (
        "street_name",
        (
            r"nom ?(?:de )?(?:la )?(?:voie|rue)|lib\w* ?(?:de )?(?:la )?(?:voie|rue)|^voie$|^rue$"
            r"|voie nom"
        ),
    ),
    (
        "street",
        (r"ad\w* ligne ?4|^ligne ?4"),
    ),
    (
        "address_complement",
        (
            r"comple?m?e?n?t?\b.*|\badr\w* ?(?:2|3|ligne ?[1235])$|ad\w* ligne ?[1235]|^complgeo"
            r"|suite adr|^lieu ?dit$"
        ),
    ),
    (
        "building",
        (r"^bat\w*$|\bbatiment\b|^immeu(?:ble)?$|^bat\b"),
    ),
    (
        "staircase",
        (r"^esc\w*$|escalier|^cage"),
    ),
    (
        "floor",
        (r"^eta?ge?$|\betage\b"),
    ),
    (
        "door",
        (r"^porte$|\bn porte|\bapp(?:t|art\w*)?\b|numappt|numero porte|^n ?appt|appartement"),
    ),
    (
        "residence",
        (r"\bresidence\b|programme|^groupe\b|ensemble immo|complident|^cite$"),
    ),
    (
        "street",
        (r"^adr\w*|\badresse\b|^rue et|^n et (?:rue|voie)|^domicile$|^logement adresse|voie et"),
    ),
    (
        "city",
        (r"^(?:ville|commune|localite|libcom)\b|\bville$|\bcommune$|bureau distr"),
    ),
    (
        "landlord",
        (r"^bailleur$|^nom (?:du )?bailleur|organisme (?:hlm|bailleur)"),
    ),
    (
        "external_reference",
        (
            r"^id\b|^identifiant|^matricule|^ref(?:erence)?(?: interne| ext\w*)?$|^"
            + _NUMBER_OF
            + r"(?:dossier|client|tiers|menage|interne|unique|loc\w*)\b"
            r"|^(?:menage|famille|foyer|dossier) (?:n|no|num|numero)$|^code$|^numero unique|^nur$"
        ),
    ),
    (
        "remarks",
        (r"observ|remarque|comment|^notes?$|^obs$|^divers$|^info\w*(?: compl\w*)?$"),
    ),
    (
        "last_name",
        (
            r"^noms?\b(?!.*(?:programme|residence|operation|rue|voie|commune|projet))|lastname"
            r"|^name$|^famille$|^menages?$|^clients?$|^occupants?$"
        ),
    ),
)
NUMBER = re.compile(r"(?:n|no|num|numero|ref|reference|code|id|identifiant)\b")
FIELD_RULES = tuple((field, re.compile(pattern)) for field, pattern in _RULES)
WITHHELD_RULES = tuple((field, re.compile(pattern)) for field, pattern in _WITHHELD_RULES)
