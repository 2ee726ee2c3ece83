"""Grants in the reader's words: amounts, the places that they pay for, what became of them."""

from flask_babel import gettext, ngettext

from app.queries.funding import Grant, PayeeRow
from app.queries.houses import House
from app.web.amounts import amount_words
from app.web.filters import agency_name, label_of


def payee_words(payee: PayeeRow) -> str:
    """A place: the shelter and its house, or what it is called."""
    if payee.agency_id is None:
        return str(payee.place)
    shelter = agency_name(payee)
    return f"{shelter}: {payee.place}" if payee.place else shelter


def house_words(house: House) -> str:
    """A house of a shelter that has several."""
    return f"{agency_name(house)}: {house.house}"


def place_list(grant: Grant) -> list[str]:
    """The places of a grant as far as the reader may see them, and how many others there are."""
    given = [one for one in grant.payees if not one.is_added]
    hidden = grant.row.places - len(given)
    words = [payee_words(one) for one in given]
    if hidden > 0:
        words.append(ngettext("%(num)d other place", "%(num)d other places", hidden))
    return words


def grant_amount(grant: Grant) -> str:
    """The amount as the source tells it."""
    row = grant.row
    return amount_words(row.amount, row.currency, is_approximate=row.is_approximate)


def other_amount(grant: Grant) -> str:
    """The equivalent in another currency as the source gives it; empty where it gives none."""
    row = grant.row
    if row.other_amount is None:
        return ""
    return amount_words(row.other_amount, row.other_currency, is_approximate=row.is_approximate)


def share_words(grant: Grant) -> str:
    """What of the amount fell into a period of the source; empty where it tells none."""
    row = grant.row
    if row.share_amount is None:
        return ""
    share = amount_words(row.share_amount, row.currency, is_approximate=row.is_approximate)
    if row.share_other_amount is not None:
        share = f"{share} ({amount_words(row.share_other_amount, row.other_currency)})"
    return gettext("%(amount)s in: %(period)s", amount=share, period=row.share_of)


def state_words(grant: Grant) -> str:
    """That it was struck out or ended; empty where neither is."""
    change = grant.change("struck_out") or grant.change("ended")
    return label_of(change.kind, "funding_change") if change else ""
