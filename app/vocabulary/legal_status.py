"""Status in the country, permits, asylum, notices of removal, and the person's decision after reflection."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "legal_status",
        OWN,
        (
            entry("national", "Citizen", "Shtetas", "Državljanin"),
            entry(
                "foreign_regular",
                "Foreigner with a right to stay",
                "I huaj me të drejtë qëndrimi",
                "Stranac sa pravom boravka",
            ),
            entry(
                "foreign_irregular",
                "Foreigner without a right to stay",
                "I huaj pa të drejtë qëndrimi",
                "Stranac bez prava boravka",
            ),
        ),
    ),
    CodeList(
        "cooperation",
        OWN,
        (
            entry(
                "cooperates",
                "Wants to cooperate with the proceedings",
                "Dëshiron të bashkëpunojë në procedurë",
                "Želi da sarađuje u postupku",
            ),
            entry("does_not", "Does not want to cooperate", "Nuk dëshiron të bashkëpunojë", "Ne želi da sarađuje"),
        ),
    ),
    CodeList(
        "permit_ground",
        OWN,
        (
            entry("personal_situation", "Personal situation", "Gjendja personale", "Lične okolnosti"),
            entry(
                "cooperation", "Cooperation with the proceedings", "Bashkëpunimi në procedurë", "Saradnja u postupku"
            ),
            entry(
                "best_interests", "Best interests of a child", "Interesi më i mirë i fëmijës", "Najbolji interes deteta"
            ),
            entry("renewal", "Renewal", "Vazhdimi", "Produženje"),
        ),
    ),
    CodeList(
        "asylum_decision",
        OWN,
        (
            entry("granted", "Protection granted", "Mbrojtja e dhënë", "Zaštita odobrena"),
            entry("refused", "Claim refused", "Kërkesa e refuzuar", "Zahtev odbijen"),
        ),
    ),
    CodeList(
        "removal_authority",
        OWN,
        (
            entry("border_police", "Border police", "Policia kufitare", "Granična policija"),
            entry("migration", "Migration authority", "Autoriteti i migracionit", "Organ za migracije"),
            entry("court", "Court", "Gjykata", "Sud"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
    CodeList(
        "hold_ground",
        OWN,
        (
            entry("has_right_to_stay", "Has a right to stay", "Ka të drejtë qëndrimi", "Ima pravo boravka"),
            entry("notice_cancelled", "The notice was cancelled", "Njoftimi u anulua", "Nalog je poništen"),
            entry(
                "not_a_victim", "Found not to be a victim", "U vërtetua se nuk është viktimë", "Utvrđeno da nije žrtva"
            ),
            entry("returned_voluntarily", "Returned voluntarily", "U kthye vullnetarisht", "Dobrovoljno se vratilo"),
            entry("other", "Other", "Tjetër", "Drugo"),
        ),
    ),
)
