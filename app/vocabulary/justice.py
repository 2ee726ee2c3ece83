"""Statements, protective measures, charges and verdicts, and offences that followed from being trafficked."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "statement_kind",
        OWN,
        (
            entry("written", "Written", "Me shkrim", "Pisana"),
            entry("audio", "Recorded in sound", "E regjistruar në audio", "Zvučno snimljena"),
            entry("video", "Recorded on video", "E regjistruar në video", "Video-snimljena"),
            entry("court", "Before a court", "Para gjykatës", "Pred sudom"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
    CodeList(
        "protective_measure",
        OWN,
        (
            entry(
                "screen",
                "Screen between the person and the accused",
                "Perde mes personit dhe të akuzuarit",
                "Paravan između lica i optuženog",
            ),
            entry(
                "video_link", "Testimony by video link", "Dëshmi përmes video-lidhjes", "Svedočenje putem video-veze"
            ),
            entry(
                "recorded_statement",
                "Recorded statement in place of testimony",
                "Deklaratë e regjistruar në vend të dëshmisë",
                "Snimljena izjava umesto svedočenja",
            ),
            entry("closed_hearing", "Closed hearing", "Seancë e mbyllur", "Zatvoreno ročište"),
            entry("altered_voice", "Altered voice or picture", "Zë ose pamje e ndryshuar", "Izmenjen glas ili slika"),
            entry("anonymity", "Name withheld", "Fshehja e emrit", "Uskraćivanje imena"),
            entry("escort", "Police escort", "Shoqërim policor", "Policijska pratnja"),
            entry(
                "support_person",
                "Person of trust present",
                "Prania e personit të besuar",
                "Prisustvo lica od poverenja",
            ),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
    CodeList(
        "measures_decision",
        OWN,
        (
            entry("granted", "Granted", "Lejuar", "Odobreno"),
            entry("denied", "Denied", "Refuzuar", "Odbijeno"),
        ),
    ),
    CodeList(
        "protection_violation",
        OWN,
        (
            entry("faced_accused", "Had to face the accused", "U ballafaqua me të akuzuarin", "Suočeno sa optuženim"),
            entry("identity_disclosed", "Identity disclosed", "U zbulua identiteti", "Otkriven identitet"),
            entry(
                "measure_not_applied",
                "A granted measure was not applied",
                "Masa e lejuar nuk u zbatua",
                "Odobrena mera nije primenjena",
            ),
            entry("threatened", "Threatened or pressed", "U kërcënua ose iu bë presion", "Prećeno ili vršen pritisak"),
            entry("no_advocate", "No advocate present", "Pa praninë e mbrojtësit", "Bez prisustva zaštitnika"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
    CodeList(
        "law_article",
        OWN,
        (
            entry(
                "pcck_137",
                "PCCK 137 Slavery and similar practices",
                "KPPK 137 Skllavëria dhe praktikat e ngjashme",
                "PKZK 137 Ropstvo i slične prakse",
            ),
            entry(
                "pcck_138",
                "PCCK 138 Smuggling of migrants",
                "KPPK 138 Kontrabandimi i migrantëve",
                "PKZK 138 Krijumčarenje migranata",
            ),
            entry(
                "pcck_139",
                "PCCK 139 Trafficking in persons",
                "KPPK 139 Trafikimi me njerëz",
                "PKZK 139 Trgovina ljudima",
            ),
            entry(
                "pcck_140",
                "PCCK 140 Withholding identity papers",
                "KPPK 140 Mbajtja e dokumenteve të identitetit",
                "PKZK 140 Zadržavanje ličnih isprava",
            ),
            entry("pcck_193", "PCCK 193 Rape", "KPPK 193 Dhunimi", "PKZK 193 Silovanje"),
            entry(
                "pcck_201",
                "PCCK 201 Facilitating prostitution",
                "KPPK 201 Mundësimi i prostitucionit",
                "PKZK 201 Omogućavanje prostitucije",
            ),
            entry(
                "cck_171", "CCK 171 Trafficking in persons", "KPK 171 Trafikimi me njerëz", "KZK 171 Trgovina ljudima"
            ),
            entry("other", "Another article", "Nen tjetër", "Drugi član"),
        ),
    ),
    CodeList(
        "verdict",
        OWN,
        (
            entry("convicted", "Convicted", "I dënuar", "Osuđujuća"),
            entry("acquitted", "Acquitted", "I liruar", "Oslobađajuća"),
            entry("rejected", "Charge rejected", "Akuza e refuzuar", "Optužba odbijena"),
        ),
    ),
    CodeList(
        "offence_kind",
        OWN,
        (
            entry("prostitution", "Prostitution", "Prostitucion", "Prostitucija"),
            entry(
                "border_crossing",
                "Illegal border crossing",
                "Kalim i paligjshëm i kufirit",
                "Nedozvoljen prelazak granice",
            ),
            entry(
                "irregular_stay", "Irregular stay or work", "Qëndrim ose punë pa leje", "Boravak ili rad bez dozvole"
            ),
            entry("false_documents", "False documents", "Dokumente të rreme", "Lažna dokumenta"),
            entry("theft", "Theft or begging", "Vjedhje ose lypje", "Krađa ili prosjačenje"),
            entry("drugs", "Drugs", "Droga", "Droga"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
)
