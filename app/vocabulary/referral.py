"""What came of a referral that was accepted: told back to the agency that sent it. No word on the person herself."""

from app.vocabulary.code import OWN, CodeList, entry

LISTS = (
    CodeList(
        "referral_outcome",
        OWN,
        (
            entry("done_as_asked", "Done as asked", "U krye siç u kërkua", "Urađeno kako je traženo"),
            entry("done_in_part", "Done in part", "U krye pjesërisht", "Delimično urađeno"),
            entry("goes_on", "The help goes on", "Ndihma vazhdon", "Pomoć se nastavlja"),
            entry(
                "person_did_not_want_it",
                "The person did not want it",
                "Personi nuk e deshi",
                "Lice to nije želelo",
            ),
            entry(
                "person_not_reached",
                "The person could not be reached",
                "Personi nuk u gjet dot",
                "Do lica nije bilo moguće doći",
            ),
            entry("referred_on", "Referred on to another agency", "U referua më tej", "Upućeno dalje"),
            entry("not_needed_any_more", "Not needed any more", "Nuk nevojitet më", "Više nije potrebno"),
        ),
    ),
)
