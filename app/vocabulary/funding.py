"""Money for shelters: who pays, for what, in which currency, and what becomes of a grant."""

from app.vocabulary.answer import OTHER
from app.vocabulary.code import ISO_CURRENCY, OWN, Code, CodeList, entry

PAYER_KIND = CodeList(
    "payer_kind",
    OWN,
    (
        entry("state", "State", "Shteti", "Država"),
        entry("donor", "Donor", "Donator", "Donator"),
    ),
)

PURPOSE = CodeList(
    "funding_purpose",
    OWN,
    (
        entry("running_costs", "Running costs", "Shpenzime operative", "Tekući troškovi"),
        entry("direct_services", "Direct services", "Shërbime të drejtpërdrejta", "Direktne usluge"),
        entry(
            "services_and_running",
            "Direct services and running costs",
            "Shërbime të drejtpërdrejta dhe shpenzime operative",
            "Direktne usluge i tekući troškovi",
        ),
        entry("assistance", "Assistance and protection", "Ndihmë dhe mbrojtje", "Pomoć i zaštita"),
        entry("children", "Services for children", "Shërbime për fëmijë", "Usluge za decu"),
        OTHER,
    ),
)

CHANGE = CodeList(
    "funding_change",
    OWN,
    (
        entry("moved", "Moved to another place", "Kaluar në vend tjetër", "Preusmereno na drugo mesto"),
        entry("ended", "Ended before its time", "Përfunduar para kohe", "Završeno pre roka"),
        entry(
            "struck_out", "Struck out: recorded in error", "Shlyer: regjistruar gabimisht", "Brisano: greška u unosu"
        ),
    ),
)

ASSISTED = CodeList(
    "assisted_group",
    OWN,
    (
        entry(
            "domestic_violence",
            "People who suffered domestic violence",
            "Persona që përjetuan dhunë në familje",
            "Lica koja su pretrpela nasilje u porodici",
        ),
        entry("trafficking", "Trafficked persons", "Persona të trafikuar", "Lica žrtve trgovine ljudima"),
        entry("children", "Children without safe care", "Fëmijë pa kujdes të sigurt", "Deca bez bezbednog staranja"),
        entry("disability", "People with disabilities", "Persona me aftësi të kufizuara", "Osobe sa invaliditetom"),
        OTHER,
    ),
)


def _currency(code: str, en: str, sq: str, sr: str) -> Code:
    return entry(code, f"{en} ({code})", f"{sq} ({code})", f"{sr} ({code})", ISO_CURRENCY, code)


CURRENCY = CodeList(
    "currency",
    ISO_CURRENCY,
    (
        _currency("EUR", "Euro", "Euro", "Evro"),
        _currency("USD", "US dollar", "Dollar amerikan", "Američki dolar"),
        _currency("GBP", "Pound sterling", "Paund britanik", "Britanska funta"),
        _currency("CHF", "Swiss franc", "Frang zviceran", "Švajcarski franak"),
        _currency("SEK", "Swedish krona", "Koronë suedeze", "Švedska kruna"),
        _currency("NOK", "Norwegian krone", "Koronë norvegjeze", "Norveška kruna"),
        _currency("DKK", "Danish krone", "Koronë daneze", "Danska kruna"),
        _currency("ALL", "Albanian lek", "Lek shqiptar", "Albanski lek"),
        _currency("MKD", "Denar", "Denar maqedonas", "Makedonski denar"),
        _currency("RSD", "Serbian dinar", "Dinar serb", "Srpski dinar"),
        _currency("BAM", "Convertible mark", "Markë e konvertueshme", "Konvertibilna marka"),
        _currency("TRY", "Turkish lira", "Lirë turke", "Turska lira"),
        _currency("JPY", "Yen", "Jen japonez", "Japanski jen"),
    ),
)

_DECIMALS = {"JPY": 0}


def decimals(currency: str) -> int:
    """How many decimals amounts in a currency have."""
    return _DECIMALS.get(currency, 2)


LISTS = (PAYER_KIND, PURPOSE, CHANGE, ASSISTED, CURRENCY)
