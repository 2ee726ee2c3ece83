"""What a person may ask about what is recorded of her, what was answered, and why a case is kept past its period."""

from app.vocabulary.code import OWN, CodeList, entry

PERSON_REQUEST = CodeList(
    "person_request",
    OWN,
    (
        entry("access", "To read what is recorded", "Të lexojë çfarë është shënuar", "Da pročita šta je zabeleženo"),
        entry("correction", "To have something put right", "Të korrigjohet diçka", "Da se nešto ispravi"),
        entry(
            "objection",
            "Objects to how the data are used",
            "Kundërshton mënyrën e përdorimit të të dhënave",
            "Protivi se načinu korišćenja podataka",
        ),
        entry("erasure", "To have the data erased", "Të fshihen të dhënat", "Da se podaci obrišu"),
    ),
)

ASKED_BY = CodeList(
    "person_request_by",
    OWN,
    (
        entry("person", "The person herself or himself", "Vetë personi", "Lično"),
        entry("guardian", "The guardian of a child", "Kujdestari i fëmijës", "Staratelj deteta"),
        entry("representative", "A representative with authority", "Përfaqësuesi i autorizuar", "Ovlašćeni zastupnik"),
    ),
)

ANSWER = CodeList(
    "person_request_answer",
    OWN,
    (
        entry("done", "Done as asked", "U krye siç u kërkua", "Učinjeno kako je traženo"),
        entry("in_part", "Done in part", "U krye pjesërisht", "Učinjeno delimično"),
        entry("refused", "Refused", "U refuzua", "Odbijeno"),
        entry("taken_back", "Taken back by the person", "U tërhoq nga personi", "Osoba je povukla zahtev"),
    ),
)

REASON = CodeList(
    "person_request_reason",
    OWN,
    (
        entry(
            "endangers", "It would endanger somebody", "Do të rrezikonte dikë", "Time bi neko bio doveden u opasnost"
        ),
        entry("of_others", "It is about other persons", "Ka të bëjë me persona të tjerë", "Odnosi se na druga lica"),
        entry(
            "proceedings",
            "It would harm criminal proceedings",
            "Do të dëmtonte procedurën penale",
            "Naškodilo bi krivičnom postupku",
        ),
        entry("kept_by_law", "The law asks that it be kept", "Ligji kërkon që të ruhet", "Zakon nalaže da se to čuva"),
        entry("is_right", "What is recorded is right", "Ajo që është shënuar është e saktë", "Zabeleženo je tačno"),
    ),
)

PACKET_PART = CodeList(
    "person_packet_part",
    OWN,
    (
        entry(
            "shelters",
            "Names and addresses of shelters",
            "Emrat dhe adresat e strehimoreve",
            "Nazivi i adrese skloništa",
        ),
        entry(
            "contact",
            "The safe way of contact and its details",
            "Mënyra e sigurt e kontaktit dhe hollësitë e saj",
            "Bezbedan način kontakta i pojedinosti",
        ),
        entry("workers", "Names of workers", "Emrat e punonjësve", "Imena radnika"),
        entry("accused", "Who is suspected or accused", "Kush dyshohet ose akuzohet", "Ko je osumnjičen ili optužen"),
        entry(
            "answers",
            "What was written in the forms of the steps: to be read together with a worker",
            "Çfarë u shkrua në formularët e hapave: lexohet së bashku me një punonjës",
            "Šta je upisano u obrasce koraka: čita se zajedno sa radnikom",
        ),
        entry(
            "notes",
            "Notes of the workers: to be read together with a worker",
            "Shënimet e punonjësve: lexohen së bashku me një punonjës",
            "Beleške radnika: čitaju se zajedno sa radnikom",
        ),
        entry("linked", "Cases of other persons", "Rastet e personave të tjerë", "Slučajevi drugih lica"),
        entry("investigation", "What the investigation found", "Çfarë gjeti hetimi", "Šta je istraga utvrdila"),
    ),
)

LISTS = (PERSON_REQUEST, ASKED_BY, ANSWER, REASON, PACKET_PART)
