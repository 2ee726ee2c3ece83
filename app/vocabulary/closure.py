"""Why a case is closed, as HTCDS case status knows it."""

from app.vocabulary.code import HTCDS, CodeList, entry

LISTS = (
    CodeList(
        "closure_reason",
        HTCDS,
        (
            entry(
                "goal_reached",
                "The goals of the plan were reached",
                "Qëllimet e planit u arritën",
                "Ciljevi plana su ostvareni",
                HTCDS,
                "Closed",
            ),
            entry(
                "returned_monitored",
                "Returned, and monitoring has ended",
                "U kthye dhe monitorimi përfundoi",
                "Povratak obavljen, praćenje je završeno",
                HTCDS,
                "Closed",
            ),
            entry(
                "transferred_abroad",
                "Taken over by an agency abroad",
                "Rasti u mor nga një institucion jashtë vendit",
                "Slučaj preuzela ustanova u inostranstvu",
                HTCDS,
                "ClosedReferred",
            ),
            entry(
                "referred_elsewhere",
                "Taken over by other services",
                "Rasti u mor nga shërbime tjera",
                "Slučaj preuzele druge službe",
                HTCDS,
                "ClosedReferred",
            ),
            entry(
                "self_withdrawn",
                "The person wanted no more help",
                "Personi nuk dëshiroi më ndihmë",
                "Lice ne želi dalju pomoć",
                HTCDS,
                "Closed",
            ),
            entry(
                "unreachable",
                "The person could not be reached",
                "Personi nuk mund të kontaktohej",
                "Lice nije dostupno",
                HTCDS,
                "Closed",
            ),
            entry("deceased", "The person died", "Personi ka vdekur", "Lice je preminulo", HTCDS, "Closed"),
            entry(
                "not_a_victim",
                "Not trafficked, helped elsewhere",
                "Nuk është trafikim, ndihma vazhdon gjetiu",
                "Nije trgovina ljudima, pomoć na drugom mestu",
                HTCDS,
                "Closed",
            ),
            entry(
                "duplicate",
                "Opened twice by mistake",
                "Hapur dy herë gabimisht",
                "Otvoreno dva puta greškom",
                HTCDS,
                "Closed",
            ),
            entry(
                "age_out_to_adult_case",
                "Came of age, an adult case follows",
                "Mbushi moshën madhore, vazhdon rasti i të rriturit",
                "Punoletstvo, sledi slučaj odraslog lica",
                HTCDS,
                "Closed",
            ),
            entry("other_reason", "Another reason", "Arsye tjetër", "Drugi razlog", HTCDS, "Closed"),
        ),
    ),
)
