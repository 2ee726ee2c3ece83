"""The three elements of the definition: act, means and purpose. What of them can be seen or told is in indicator.py."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import PALERMO, CodeList, entry

ACT = CodeList(
    "act",
    PALERMO,
    (
        entry("recruitment", "Recruitment", "Rekrutim", "Vrbovanje", PALERMO, "recruitment"),
        entry("transportation", "Transportation", "Transportim", "Prevoženje", PALERMO, "transportation"),
        entry("transfer", "Transfer", "Transferim", "Prebacivanje", PALERMO, "transfer"),
        entry("harbouring", "Harbouring", "Strehim", "Skrivanje", PALERMO, "harbouring"),
        entry("receipt", "Receipt", "Pranim", "Prihvat", PALERMO, "receipt"),
        UNKNOWN,
    ),
)

MEANS = CodeList(
    "means",
    PALERMO,
    (
        entry(
            "threat_or_force",
            "Threat or use of force",
            "Kërcënim ose përdorim i forcës",
            "Pretnja silom ili upotreba sile",
            PALERMO,
            "threat or use of force",
        ),
        entry(
            "other_coercion",
            "Other coercion",
            "Shtrëngim tjetër",
            "Drugi oblik prinude",
            PALERMO,
            "other forms of coercion",
        ),
        entry("abduction", "Abduction", "Rrëmbim", "Otmica", PALERMO, "abduction"),
        entry("fraud", "Fraud", "Mashtrim", "Prevara", PALERMO, "fraud"),
        entry("deception", "Deception", "Vënie në lajthim", "Obmana", PALERMO, "deception"),
        entry(
            "abuse_of_power",
            "Abuse of power",
            "Keqpërdorim i pushtetit",
            "Zloupotreba ovlašćenja",
            PALERMO,
            "abuse of power",
        ),
        entry(
            "abuse_of_vulnerability",
            "Abuse of a position of vulnerability",
            "Keqpërdorim i pozitës së cenueshme",
            "Zloupotreba teškog položaja",
            PALERMO,
            "abuse of a position of vulnerability",
        ),
        entry(
            "payments_to_controller",
            "Payments or benefits to a person in control",
            "Pagesa ose përfitime për personin që ka kontrollin",
            "Davanje novca ili koristi licu koje ima kontrolu",
            PALERMO,
            "giving or receiving of payments or benefits",
        ),
        UNKNOWN,
    ),
)

PURPOSE = CodeList(
    "purpose",
    PALERMO,
    (
        entry(
            "exploitation_of_prostitution",
            "Exploitation of the prostitution of others",
            "Shfrytëzim i prostitucionit të të tjerëve",
            "Iskorišćavanje prostitucije drugih",
            PALERMO,
            "exploitation of the prostitution of others",
        ),
        entry(
            "other_sexual_exploitation",
            "Other sexual exploitation",
            "Shfrytëzim tjetër seksual",
            "Drugi oblici seksualne eksploatacije",
            PALERMO,
            "other forms of sexual exploitation",
        ),
        entry(
            "forced_labour",
            "Forced labour or services",
            "Punë ose shërbime të detyruara",
            "Prinudni rad ili usluge",
            PALERMO,
            "forced labour or services",
        ),
        entry("slavery", "Slavery", "Skllavëri", "Ropstvo", PALERMO, "slavery"),
        entry(
            "practices_similar_to_slavery",
            "Practices similar to slavery",
            "Praktika të ngjashme me skllavërinë",
            "Prakse slične ropstvu",
            PALERMO,
            "practices similar to slavery",
        ),
        entry("servitude", "Servitude", "Servitut personal", "Ropski položaj", PALERMO, "servitude"),
        entry(
            "organ_removal", "Removal of organs", "Heqje e organeve", "Uzimanje organa", PALERMO, "removal of organs"
        ),
        entry("forced_begging", "Forced begging", "Lypje e detyruar", "Prinudno prosjačenje"),
        entry("forced_marriage", "Forced marriage", "Martesë e detyruar", "Prinudni brak"),
        entry("other_purpose", "Other exploitation", "Shfrytëzim tjetër", "Drugi oblik eksploatacije"),
        UNKNOWN,
    ),
)

LISTS = (ACT, MEANS, PURPOSE)
