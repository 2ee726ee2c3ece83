"""The messages of WTForms' own validators, spoken from our catalogue: WTForms brings no Albanian.

Our own forms say what to enter in their own words; these are what is left when one does not.
"""

from flask_babel import get_domain


def told(message: str) -> str:
    """Mark a message for the catalogue without translating it yet."""
    return message


def counted(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a number for the catalogue without translating it yet."""
    return one, many


# As in WTForms 3.3; a test compares them with the installed version.
MESSAGES = (
    told("Invalid field name '%s'."),
    told("Field must be equal to %(other_name)s."),
    told("Field must be between %(min)d and %(max)d characters long."),
    told("Number must be at least %(min)s."),
    told("Number must be at most %(max)s."),
    told("Number must be between %(min)s and %(max)s."),
    told("Date must be at least %(min)s."),
    told("Date must be at most %(max)s."),
    told("Date must be between %(min)s and %(max)s."),
    told("This field is required."),
    told("Invalid input."),
    told("Invalid email address."),
    told("Invalid IP address."),
    told("Invalid Mac address."),
    told("Invalid URL."),
    told("Invalid UUID."),
    told("Invalid value, must be one of: %(values)s."),
    told("Invalid value, can't be any of: %(values)s."),
    told("This field cannot be edited."),
    told("This field is disabled and cannot have a value."),
    told("Invalid CSRF Token."),
    told("CSRF token missing."),
    told("CSRF failed."),
    told("CSRF token expired."),
    told("Invalid Choice: could not coerce."),
    told("Choices cannot be None."),
    told("Not a valid choice."),
    told("Invalid choice(s): one or more data inputs could not be coerced."),
    told("Not a valid datetime value."),
    told("Not a valid date value."),
    told("Not a valid time value."),
    told("Not a valid week value."),
    told("Not a valid integer value."),
    told("Not a valid decimal value."),
    told("Not a valid float value."),
)
COUNTED_MESSAGES = (
    counted("Field must be at least %(min)d character long.", "Field must be at least %(min)d characters long."),
    counted("Field cannot be longer than %(max)d character.", "Field cannot be longer than %(max)d characters."),
    counted("Field must be exactly %(max)d character long.", "Field must be exactly %(max)d characters long."),
    counted("'%(value)s' is not a valid choice for this field.", "'%(value)s' are not valid choices for this field."),
)


class FormMessages:
    """What WTForms asks for its messages; the values are put in by WTForms itself."""

    def gettext(self, message: str) -> str:
        """Return a message in the reader's language."""
        return str(get_domain().get_translations().ugettext(message))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return a message in the reader's language and in the form that the number asks for."""
        return str(get_domain().get_translations().ungettext(one, many, number))
