"""Shelters and stays: kinds of place, why and where to people leave or stay on, transfers, unmet need, limits."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import OWN, CodeList, entry

KIND = CodeList(
    "place_kind",
    OWN,
    (
        entry(
            "high_risk",
            "High-risk facility",
            "Strehimore e sigurt për raste me rrezik të lartë",
            "Sigurna kuća za visokorizične slučajeve",
        ),
        entry(
            "ngo",
            "Shelter of a non-governmental organisation",
            "Strehimore e organizatës joqeveritare",
            "Sklonište nevladine organizacije",
        ),
        entry(
            "foreign", "Shelter for foreign persons", "Strehimore për persona të huaj", "Sklonište za strane državljane"
        ),
        entry("child", "Child shelter", "Strehimore për fëmijë", "Sklonište za decu"),
        entry(
            "men_disabled",
            "Facility for men and people with disabilities",
            "Strehimore për burra dhe persona me aftësi të kufizuara",
            "Smeštaj za muškarce i osobe sa invaliditetom",
        ),
        entry("semi_independent", "Semi-independent living", "Jetesë gjysmë e pavarur", "Polusamostalno stanovanje"),
        entry("family", "Family", "Familje", "Porodica"),
        entry("foster", "Foster family", "Familje kujdestare", "Hraniteljska porodica"),
        entry("hotel", "Hotel", "Hotel", "Hotel"),
    ),
)

LEAVING_REASON = CodeList(
    "leaving_reason",
    OWN,
    (
        entry("own_wish", "Own wish", "Me dëshirë të vet", "Sopstvena želja"),
        entry(
            "plan_completed",
            "The support plan was completed",
            "Plani i mbështetjes u përmbush",
            "Plan podrške je ispunjen",
        ),
        entry("moved", "Moved to another shelter", "Kalim në strehimore tjetër", "Premeštaj u drugo sklonište"),
        entry("returning", "Voluntary return", "Kthim vullnetar", "Dobrovoljni povratak"),
        entry("location_compromised", "The location became known", "Vendndodhja u zbulua", "Lokacija je otkrivena"),
        entry(
            "not_suitable", "The place was not suitable", "Vendi nuk ishte i përshtatshëm", "Smeštaj nije bio pogodan"
        ),
        entry("rules_broken", "House rules were broken", "Shkelje e rregullave të shtëpisë", "Prekršen kućni red"),
        entry("without_notice", "Left without notice", "Dalje pa lajmëruar", "Odlazak bez najave"),
        entry("hospital", "Hospital", "Spital", "Bolnica"),
        entry("came_of_age", "Came of age", "Mbushja e moshës madhore", "Punoletstvo"),
        entry("deceased", "Died", "Vdekje", "Smrt"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
        UNKNOWN,
    ),
)

DESTINATION = CodeList(
    "destination",
    OWN,
    (
        entry("own_home", "Own home", "Banesa e vet", "Sopstveni stan"),
        entry("family", "Family", "Familja", "Porodica"),
        entry("friends", "Friends", "Miqtë", "Prijatelji"),
        entry("semi_independent", "Semi-independent living", "Jetesë gjysmë e pavarur", "Polusamostalno stanovanje"),
        entry("other_shelter", "Another shelter", "Strehimore tjetër", "Drugo sklonište"),
        entry("foster_care", "Foster family", "Familje kujdestare", "Hraniteljska porodica"),
        entry("return_to_country", "Country of origin", "Vendi i origjinës", "Zemlja porekla"),
        entry("third_country", "A third country", "Një vend i tretë", "Treća zemlja"),
        entry("hospital", "Hospital", "Spital", "Bolnica"),
        entry("custody", "Custody", "Paraburgim", "Pritvor"),
        entry("not_told", "Did not wish to say", "Nuk dëshiroi ta thotë", "Nije želelo da kaže"),
        entry("other", "Elsewhere", "Gjetiu", "Drugde"),
        UNKNOWN,
    ),
)

OTHER_BED = "other_bed"
"""Stands as the destination of a stay that goes on in another bed of the house: she has not left."""

EXTENSION_REASON = CodeList(
    "extension_reason",
    OWN,
    (
        entry("recovery", "Recovery takes longer", "Rimëkëmbja zgjat më shumë", "Oporavak traje duže"),
        entry("proceedings", "Proceedings are running", "Procedura është në zhvillim", "Postupak je u toku"),
        entry(
            "no_safe_place",
            "No safe place to go to",
            "Nuk ka vend të sigurt ku të shkohet",
            "Nema bezbednog mesta za odlazak",
        ),
        entry("awaiting_return", "Waiting to return", "Në pritje të kthimit", "Čeka se povratak"),
        entry("education", "Schooling", "Shkollim", "Školovanje"),
        entry("awaiting_documents", "Waiting for documents", "Në pritje të dokumenteve", "Čekaju se dokumenta"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

TRANSFER = CodeList(
    "transfer_kind",
    OWN,
    (
        entry("planned", "Planned", "I planifikuar", "Planirano"),
        entry("emergency", "Emergency", "Urgjent", "Hitno"),
    ),
)

UNMET_NEED = CodeList(
    "unmet_need_reason",
    OWN,
    (
        entry("no_bed", "No free bed", "Nuk ka shtrat të lirë", "Nema slobodnog kreveta"),
        entry(
            "sex_not_taken",
            "The shelter does not take this sex",
            "Strehimorja nuk pranon këtë gjini",
            "Sklonište ne prima ovaj pol",
        ),
        entry(
            "age_not_taken",
            "The shelter does not take this age",
            "Strehimorja nuk pranon këtë moshë",
            "Sklonište ne prima ovaj uzrast",
        ),
        entry(
            "disability",
            "Not accessible with a disability",
            "E papërshtatshme për aftësi të kufizuara",
            "Nije pristupačno za invaliditet",
        ),
        entry(
            "accompanied_children",
            "Accompanied children not taken",
            "Nuk pranohen fëmijët shoqërues",
            "Ne primaju se deca u pratnji",
        ),
        entry(
            "risk_level",
            "The risk is too high for the place",
            "Rreziku është tepër i lartë për vendin",
            "Rizik je previsok za to mesto",
        ),
        entry(
            "origin_not_taken",
            "Does not take foreign or domestic persons",
            "Nuk pranon persona të huaj ose vendas",
            "Ne prima strane ili domaće državljane",
        ),
        entry(
            "medical_need",
            "The medical need cannot be met",
            "Nevoja mjekësore nuk mund të plotësohet",
            "Medicinska potreba ne može da se zadovolji",
        ),
        entry("interpreter", "No interpreter", "Nuk ka përkthyes", "Nema prevodioca"),
        entry(
            "own_sex_staff",
            "No staff of the same sex",
            "Nuk ka personel të gjinisë së njëjtë",
            "Nema osoblja istog pola",
        ),
        entry(
            "shelter_closed",
            "The shelter is closed or suspended",
            "Strehimorja është e mbyllur ose e pezulluar",
            "Sklonište je zatvoreno ili obustavljeno",
        ),
        entry("not_suitable", "Not suitable", "Nuk është e përshtatshme", "Nije pogodno"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

MOVEMENT_LIMIT = CodeList(
    "movement_limit_reason",
    OWN,
    (
        entry("threat", "A known threat outside", "Kërcënim i njohur jashtë", "Poznata pretnja napolju"),
        entry("proceedings", "Proceedings are running", "Procedura është në zhvillim", "Postupak je u toku"),
        entry("location_safety", "Safety of the location", "Siguria e vendndodhjes", "Bezbednost lokacije"),
        entry("child_protection", "Protection of a child", "Mbrojtja e fëmijës", "Zaštita deteta"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

ADDRESS_PURPOSE = CodeList(
    "address_purpose",
    OWN,
    (
        entry("bring", "To bring the person there", "Për ta sjellë personin atje", "Da se lice dovede tamo"),
        entry("fetch", "To fetch the person", "Për ta marrë personin", "Da se lice preuzme"),
        entry("visit", "A visit that is due", "Vizitë e detyrueshme", "Poseta po dužnosti"),
        entry("emergency", "An emergency", "Rast urgjent", "Hitan slučaj"),
        entry("check", "To check what is recorded", "Për të kontrolluar të dhënat", "Da se proveri šta je zabeleženo"),
    ),
)

LISTS = (KIND, LEAVING_REASON, DESTINATION, EXTENSION_REASON, TRANSFER, UNMET_NEED, MOVEMENT_LIMIT, ADDRESS_PURPOSE)
