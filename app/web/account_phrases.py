"""What is refused and what is told about signing in: factors, codes, invitations, passwords."""

from flask_babel import lazy_gettext as _l

ACCOUNT_PHRASES = {
    "invitation_dead": _l(
        "This invitation is not open: it was used, replaced, is older than three days, or was typed wrongly."
    ),
    "password_long": _l("At most 200 characters"),
    "password_common": _l(
        "This is guessed soon: it is on lists of known passwords, or near to them or to your name. "
        "Take several words that do not belong together."
    ),
    "not_to_yourself": _l("Nobody gives herself a role: another administrator must ask for it."),
    "nobody_to_approve": _l(
        "Nobody else could approve this: the agency has no supervisor besides, and there is no second administrator."
    ),
    "another_approves": _l("Somebody else decides on this: never who asked, nor the person whom it is about."),
    "approval_over": _l("This was not decided within seven days. It must be asked for anew."),
    "approval_changed": _l("What is asked is not what was shown. Look at the page again, then decide."),
    "approval_outdated": _l(
        "The person or the agency is not there for it any more. Refuse it, or let it be asked anew."
    ),
    "emergency_reason_short": _l("Use at least 20 characters"),
    "emergency_no_case": _l("Your agency has no open case with this code, or it is not open to you"),
    "emergency_is_open": _l("This case is open to you already"),
    "emergency_open": _l("A case is open to you in an emergency already. Close it first."),
    "emergency_not_on_duty": _l("Only who is on duty now opens a case in an emergency. Telephone to who is."),
    "emergency_reads_only": _l("A case is open to you in an emergency: until you close it, you only read."),
    "notice_stands": _l("This is a warning: it can be put away once it has stood for seven days."),
    "passkey_refused": _l("This passkey was not taken: it was not yours, or not asked for just now. Try again."),
    "passkey_asked": _l("Use your passkey: in your role no code of an app is taken once you have one."),
    "passkey_known": _l("This device has a passkey here already."),
    "passkey_many": _l("You have ten passkeys. Take one away first."),
    "passkey_last": _l("Your role asks for a passkey, and this is your only one: make another first."),
    "code_wrong": _l("This code is not right, or it was used before. Wait for the next one."),
}

ACCOUNT_NOTICES = {
    "account:invited": _l(
        "Your administrator made an invitation for you to choose a new password. "
        "If you did not ask for it, tell your supervisor."
    ),
    "account:factor_renewed": _l(
        "Your administrator made an invitation for you and reset your second factor. "
        "If you did not ask for it, tell your supervisor."
    ),
    "member:invited": _l(
        "An invitation was made for somebody of your agency: a password is chosen with it. "
        "If nobody expected it, tell your supervisor."
    ),
    "emergency:opened": _l("A case was opened in an emergency by somebody who does not work on it. Look at it now."),
    "emergency:somewhere": _l("A case was opened in an emergency in one of the agencies."),
    "emergency:ended": _l("A case that was opened in an emergency is closed to who opened it."),
    "role:asked": _l("A role is to be given to somebody: you decide whether it is."),
    "role:approved": _l("A role that you asked for was approved and is given."),
    "role:refused": _l("A role that you asked for was refused."),
    "role:expired": _l(
        "Nobody decided within seven days on a role that you asked for. Ask anew if it is still needed."
    ),
    "role:done": _l("Somebody of your agency was given a role, by two people."),
    "clearing:asked": _l("What is over its period is to be cleared: you decide whether it is."),
    "clearing:approved": _l("What is over its period was cleared, as you asked."),
    "clearing:refused": _l("What you asked to be cleared is kept."),
    "clearing:expired": _l(
        "Nobody decided within seven days on what you asked to be cleared. Ask anew if it is still due."
    ),
    "clearing:done": _l("What was over its period was cleared in your agency, by two people."),
    "lines:asked": _l("Rows about more than fifty people are to leave as a file: you decide whether they do."),
    "lines:approved": _l("Another person agreed: for a day you can take the rows that you asked for."),
    "lines:refused": _l("The rows about people that you asked for stay here."),
    "lines:expired": _l(
        "Nobody decided within seven days on the rows that you asked for. Ask anew if they are still needed."
    ),
    "lines:done": _l("Two people agreed that rows about more than fifty people leave your agency as a file."),
    "account:invitation_used": _l(
        "Your password was chosen by an invitation. If it was not you, tell your administrator at once."
    ),
    "account:recovery_used": _l(
        "One of your recovery codes was used to sign in. If it was not you, tell your administrator at once."
    ),
    "account:passkey_added": _l(
        "A passkey was made for you. If it was not you, take it away and tell your administrator at once."
    ),
    "account:passkey_removed": _l(
        "One of your passkeys was taken away. If it was not you, tell your administrator at once."
    ),
    "account:passkey_copied": _l(
        "One of your passkeys was refused because it seems to have a copy. Take it away and tell your administrator."
    ),
    "account:recovery_renewed": _l("Your recovery codes were made anew. Those before are dead."),
}
