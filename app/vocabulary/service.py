"""The kinds of service that can be given to a person. Needs, which services answer, are in need.py."""

from app.vocabulary.code import HTCDS, OWN, CodeList, entry

LISTS = (
    CodeList(
        "service_kind",
        OWN,
        (
            entry("accommodation", "Accommodation", "Akomodim", "Smeštaj"),
            entry(
                "basic_needs",
                "Food, clothing and hygiene",
                "Ushqim, veshmbathje dhe higjienë",
                "Hrana, odeća i higijena",
            ),
            entry("medical", "Medical care", "Kujdes mjekësor", "Lekarska nega", HTCDS, "Health"),
            entry("psychological", "Psychological support", "Mbështetje psikologjike", "Psihološka podrška"),
            entry(
                "legal",
                "Legal advice and support",
                "Këshillim dhe mbështetje juridike",
                "Pravni savet i podrška",
                HTCDS,
                "Legal",
            ),
            entry("interpretation", "Interpretation", "Përkthim", "Prevođenje"),
            entry("documents", "Help with documents", "Ndihmë me dokumente", "Pomoć oko dokumenata"),
            entry("education", "Schooling", "Shkollim", "Školovanje", HTCDS, "Education"),
            entry(
                "vocational",
                "Vocational training",
                "Aftësim profesional",
                "Stručno osposobljavanje",
                HTCDS,
                "Livelihood",
            ),
            entry(
                "employment",
                "Help in finding work",
                "Ndihmë për punësim",
                "Pomoć pri zapošljavanju",
                HTCDS,
                "Livelihood",
            ),
            entry("financial", "Financial help", "Ndihmë financiare", "Novčana pomoć", HTCDS, "Financial"),
            entry(
                "family_mediation",
                "Family mediation",
                "Ndërmjetësim familjar",
                "Porodična medijacija",
                HTCDS,
                "SocialCare",
            ),
            entry("child_care", "Child care", "Kujdes për fëmijë", "Briga o deci", HTCDS, "SocialCare"),
            entry(
                "court_support",
                "Support at police, prosecution and court",
                "Shoqërim në polici, prokurori dhe gjykatë",
                "Podrška u policiji, tužilaštvu i na sudu",
                HTCDS,
                "Legal",
            ),
            entry(
                "compensation_support",
                "Help with a compensation claim",
                "Ndihmë me kërkesën për kompensim",
                "Pomoć oko zahteva za kompenzaciju",
                HTCDS,
                "Legal",
            ),
            entry(
                "reintegration_grant",
                "Reintegration grant",
                "Grant për riintegrim",
                "Grant za reintegraciju",
                HTCDS,
                "Financial",
            ),
            entry("transport", "Transport", "Transport", "Prevoz"),
            entry("other", "Other service", "Shërbim tjetër", "Druga usluga"),
        ),
    ),
)
