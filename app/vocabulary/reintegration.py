"""Goals of a support or reintegration plan, and how each of them came out."""

from app.vocabulary.code import HTCDS, OWN, CodeList, entry

GOAL = CodeList(
    "plan_goal",
    OWN,
    (
        entry("housing", "Housing", "Banim", "Stanovanje"),
        entry("school", "School", "Shkollë", "Škola", HTCDS, "Education"),
        entry(
            "vocational", "Vocational training", "Aftësim profesional", "Stručno osposobljavanje", HTCDS, "Livelihood"
        ),
        entry("job", "Work", "Punë", "Posao", HTCDS, "Livelihood"),
        entry("income", "Income", "Të ardhura", "Prihod", HTCDS, "Financial"),
        entry("health", "Health", "Shëndet", "Zdravlje", HTCDS, "Health"),
        entry("family", "Family", "Familje", "Porodica", HTCDS, "SocialCare"),
        entry("legal", "Legal matters", "Çështje juridike", "Pravna pitanja", HTCDS, "Legal"),
        entry("documents", "Documents", "Dokumente", "Dokumenta"),
        entry("safety", "Safety", "Siguri", "Bezbednost"),
    ),
)

OUTCOME = CodeList(
    "goal_outcome",
    OWN,
    (
        entry("reached", "Reached", "U arrit", "Ostvareno"),
        entry("partly_reached", "Partly reached", "U arrit pjesërisht", "Delimično ostvareno"),
        entry("not_reached", "Not reached", "Nuk u arrit", "Nije ostvareno"),
        entry("given_up", "Given up", "Hequr dorë", "Odustalo se"),
        entry("ongoing", "Still under way", "Ende në vazhdim", "Još u toku"),
    ),
)

STOP_REASON = CodeList(
    "plan_stop_reason",
    OWN,
    (
        entry("own_wish", "Own wish", "Me dëshirë të vet", "Sopstvena želja"),
        entry("moved_away", "Moved away", "U shpërngul", "Odselilo se"),
        entry("unreachable", "Could not be reached", "Nuk mund të kontaktohej", "Nije dostupno"),
        entry("unsafe", "No longer safe", "Nuk ka më siguri", "Više nije bezbedno"),
        entry("re_trafficked", "Trafficked again", "Trafikim i përsëritur", "Ponovljena trgovina ljudima"),
        entry("new_plan", "Replaced by a new plan", "U zëvendësua me plan të ri", "Zamenjen novim planom"),
        entry("other", "Another reason", "Arsye tjetër", "Drugi razlog"),
    ),
)

LISTS = (GOAL, OUTCOME, STOP_REASON)
