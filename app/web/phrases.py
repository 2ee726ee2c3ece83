"""Keys in words: why something was refused, what a notice says. One place, so that a test sees when one is missing."""

from typing import Protocol

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.services import wording
from app.vocabulary import catalog
from app.web.account_phrases import ACCOUNT_NOTICES, ACCOUNT_PHRASES
from app.web.conditions import GUARDS
from app.web.days import written_day
from app.web.document_phrases import DOCUMENT_PHRASES
from app.web.house_phrases import HOUSE_LISTED, HOUSE_NOTICES, HOUSE_PHRASES
from app.web.languages import data_language

__all__ = ["CASE_STATES", "FIRST_ACTS", "GUARDS", "NOTICES", "PHRASES", "STAGES", "notice_sentence", "phrase"]

PHRASES = {
    **HOUSE_PHRASES,
    **ACCOUNT_PHRASES,
    "sign_in_failed": _l("The sign-in name or the password is not right."),
    "sign_in_throttled": _l("Too many tries. Wait a quarter of an hour, then try again."),
    "reading_stopped": _l("You have opened more cases than usual, and are stopped for now."),
    "addresses_stopped": _l(
        "You have opened the addresses of more houses than usual, and are stopped for now. Your supervisor has been"
        " told and can let you on. If somebody has to be brought there now, telephone the shelter."
    ),
    "listing_stopped": _l("Lists have shown you more cases than usual, and you are stopped for now."),
    **DOCUMENT_PHRASES,
    "not_found": _l("There is no such page, or it is not open to you."),
    "form_expired": _l("This form was open too long. Go back, reload the page and send it again."),
    "key_reused": _l("This form was already sent with other content. Open the page anew."),
    "stale": _l("Someone else changed this since you opened it."),
    "form_too_long": _l("This is more than the form takes. Nothing of it was kept."),
    "range_too_long": _l("At most twenty years are counted at once"),
    "nights_too_long": _l("At most three years of nights are counted at once"),
    "no_placements": _l("Single stays are shown to the house alone."),
    "range_in_future": _l("The period must begin today or earlier"),
    "edition_made_twice": _l("Somebody signed an edition of this period a moment ago. Look at it first"),
    "row_not_open": _l("These people cannot be counted by themselves"),
    "numbers_of_another_day": _l("The numbers below are now those of this day: look at them, then sign"),
    "as_of_not_past": _l("Choose a day in the past: today is not over"),
    "day_not_settled": _l(
        "Something that was begun before the end of that day is still being written down. Ask again in a moment."
    ),
    "as_of_before_period": _l("Choose a later day: the period had not begun on this one"),
    "needs_whole_months": _l(
        "Choose whole months, a quarter or a year: from other days small numbers could be worked out"
    ),
    "no_members": _l("Nobody is shown behind this number."),
    "invalid": _l("Something that you entered needs another look."),
    "unavailable": _l("The record cannot be written just now, and nothing is done without it."),
    "unmet": _l("Something that must come first is missing."),
    "required": _l("Answer this question"),
    "not_closed": _l("The case is open: only a closed case can be erased."),
    "reason_missing": _l("Say why not as asked."),
    "answered_before_asked": _l("Not before the request was received, and not in the future."),
    "under_hold": _l("The case is kept for a reason that still stands: it is not erased before the hold ends."),
    "nothing_due": _l("Nothing of it is over its period."),
    "second_person_wanted": _l(
        "Rows about more than fifty people in a day leave when another person agreed. "
        "Ask for it on the page “Rows about people as a file”."
    ),
    "nobody_is_needed": _l("These rows are about few people: you can take them without another person."),
    "lines_asked": _l("You asked for these rows already: somebody else decides."),
    "lines_waiting": _l("Five of your requests wait for an answer already. Ask again when one of them was decided."),
    "clearing_asked": _l("It has been asked already that this be cleared."),
    "erasure_asked": _l("It has been asked already that this case be erased."),
    "another_decides": _l("Your supervisor decides this, and never who asked for it."),
    "wrong_role": _l("This step is taken by another role."),
    "illegal_step": _l("The case stands elsewhere now: this step is not open any more."),
    "date_in_future": _l("The date must be today or in the past"),
    "date_in_past": _l("The date must be in the future"),
    "no_old_root": _l("There is one root key only: nothing to retire."),
    "old_root_in_use": _l("Values still lie under an old root key: run `flask keys rotate` to its end first."),
    "no_procedure_that_day": _l("No procedure was in force on that day"),
    "before_arrival": _l("The date must not be before the arrival"),
    "no_address": _l("The place has not recorded its address. Call it."),
    "bed_taken": _l("Someone has just taken this bed. Choose another one."),
    "bed_void": _l("This bed is out of use. Choose another one, or put it back into use first."),
    "a_cot": _l("This is a cot. Choose a bed."),
    "not_a_cot": _l("This is a bed. Choose a cot."),
    "cot_taken": _l("This cot is not free. Choose another one, or none."),
    "child_has_left": _l("This child has left already."),
    "not_overdue": _l("The person is not overdue to leave."),
    "not_left": _l("The person has not left."),
    "went_on": _l("The person went on to another bed or shelter that day: the day stands in the stay that followed."),
    "today_or_later": _l("The day must be today or later"),
    "nobody_to_ask": _l("There is nobody to ask, or an answer is still waited for."),
    "exit_answered": _l("This has been answered."),
    "void_already": _l("The bed is out of use on one of these days already."),
    "bed_in_use_then": _l("Someone has the bed on one of these days. Move the person first, or choose other days."),
    "void_is_over": _l("The bed is in use again: nothing can be changed here."),
    "back_after_it_begins": _l("The day must be after the first day out of use"),
    "back_after_today": _l("The day must be after today. Put the bed back into use where it can be used now."),
    "before_void_began": _l("The day must not be before the first day out of use"),
    "turnaround_too_long": _l("A bed is made ready within 30 days"),
    "shut_already": _l("It is suspended or closed on one of these days already."),
    "shut_in_past": _l("The day must be today or later"),
    "opens_before_it_shuts": _l("It must open again after the first day"),
    "shut_is_over": _l("This has ended already."),
    "stand_down_first": _l("An alarm stands for this house. Two people stand it down first."),
    "house_is_shut": _l("That house takes nobody now. Choose a bed of another one."),
    "alarm_stands": _l("The alarm is raised already."),
    "alarm_is_over": _l("This alarm was stood down already."),
    "draft_stands": _l("Somebody has asked already that it be stood down."),
    "no_draft": _l("Nobody has asked that it be stood down."),
    "second_person": _l("Another person must sign: you asked for it yourself."),
    "placer_writes": _l("Where the person goes is written by the agency that places her, and by nobody in the house."),
    "not_the_placer": _l("The agency that leads the case writes where the person goes."),
    "not_expected_yet": _l("No bed is kept for the person there yet. Ask who places her."),
    "not_yours": _l("Choose a bed of the shelter itself"),
    "already_sheltered": _l("The person lives in a shelter already. A transfer leads from there."),
    "no_open_stay": _l("There is no stay that could be extended."),
    "before_this_day": _l("The date must not be before the day of this step"),
    "unknown_choice": _l("Choose one of the answers on the page"),
    "answer_the_referral": _l("A referral waits for its answer: this step is taken by answering it."),
    "one_of_two": _l("Name a shelter or another case, one of the two"),
    "no_such_case": _l("There is no such case among those that are open to you"),
    "already_marked": _l("There is such a mark already"),
    "same_bed": _l("The person has this bed already. Choose another one."),
    "differs_from_draft": _l("The draft that waits for your signature says something else here. Agree on it first."),
    "not_the_author": _l("Only who wrote this, or her supervisor, can correct it."),
    "not_the_latest": _l("Only the latest step of a track can be taken back. To an older one a remark can be added."),
    "first_step_stays": _l("The first step opened the case and stays. Close the case instead, with a reason."),
    "stay_follows": _l("A stay in a shelter rests on this step. Correct the stay first."),
    "after_departure": _l("The date must not be after the departure"),
    "version_taken": _l("Another version or draft has this short name"),
    "draft_has_faults": _l("Something is wrong with the draft: put it right first."),
    "draft_not_checked": _l("The draft has not been checked as it stands now. The check takes a while: on the server"),
    "draft_not_sound": _l("The check found a promise that the draft does not keep."),
    "draft_in_the_past": _l("A version can be in force from today at the earliest: change the day in procedure.toml."),
    "moved_since": _l("The case was moved to another version of the procedure since. A remark can be added."),
    "runs_in_force": _l("The case runs under the version that is in force."),
    "choose_states": _l("Choose first where each track goes on that the other version does not know."),
    "referral_waits": _l("A referral waits for an answer that the other version does not know. Take it back first."),
    "reopen_first": _l("The case is closed. Reopen it first."),
    "answer_stays": _l("An answer to a referral stands: the agencies have acted on it. Refer the case on instead."),
    "party_has_left": _l("With this step an agency left the case. Refer the case to it anew instead."),
    "linked_case_stays": _l("A case was opened with this step: it stays, and so does the link."),
    "signed_jointly": _l("This was signed jointly: nobody changes it alone. Take the signature back and sign anew."),
    "other_procedure_that_day": _l("Another procedure was in force on that day. The case keeps its own."),
    "referral_was_accepted": _l("Another agency has accepted the referral of this step: it cannot be taken back."),
    "register_came_in_twice": _l("Someone else is taking in the same rows just now. Try again in a minute."),
    "key_shape": _l("Use 3 to 40 small letters, digits and _, and begin with a letter"),
    "key_taken": _l("Another agency has this short name"),
    "sign_in_shape": _l("Use 3 to 40 small letters and digits, with single dots or hyphens between them"),
    "somebody_is_there": _l("This installation has been set up: its administrators add people."),
    "two_administrators": _l("At least two administrators are needed: what one asks for the other approves."),
    "sign_in_taken": _l("Another person has this sign-in name"),
    "role_not_of_agency": _l("Choose roles that an agency of this kind has"),
    "not_of_agency": _l("Choose someone who works in this agency"),
    "ends_before_start": _l("The last day must not be before the first"),
    "ages_in_order": _l("The upper age must not be under the lower one"),
    "children_counted": _l("Say yes and how many of which age, or no"),
    "takes_nobody": _l("Choose women, men or both"),
    "house_taken": _l("This shelter has a house of that name"),
    "takes_no_origin": _l("Choose citizens of the country, foreign citizens or both"),
    "not_before_today": _l("The day must be today or later: the past stays as it was"),
    "period_has_begun": _l("This period has begun. Say whom the shelter takes from today on instead."),
    "intake_set_meanwhile": _l("Somebody else has just said whom this shelter takes. Look at the page again."),
    "too_many_beds": _l("A room has at most 8 beds"),
    "bed_in_use": _l("Someone lives in this bed. Move the person first."),
    "not_yourself": _l("Another administrator must do this."),
    "last_supervisor": _l("This is the last supervisor of an agency with open cases. Appoint another one first."),
    "last_administrator": _l("This is the last administrator. Appoint another one first."),
    "agency_has_people": _l("People still work in this agency. Let them go first."),
    "agency_has_cases": _l("This agency still has open cases."),
    "agency_is_closed": _l("This agency takes no part. Change that first."),
    "community_consent": _l("Record first that the person agrees to the community being recorded"),
    "password_wrong": _l("This is not your password"),
    "password_short": _l("Use at least 12 characters"),
    "password_same": _l("Choose another password than the one you have"),
    "barred_from_this": _l("This colleague must not see this case"),
    "barred_already": _l("A bar stands against this colleague already"),
    "bar_not_yourself": _l("Another supervisor must do this: nobody bars herself."),
    "same_member": _l("Choose another colleague"),
    "already_over": _l("The last day must be today or later"),
    "cover_too_long": _l("A cover lasts at most a year"),
    "waits_too_long": _l("A referral waits for a year at most"),
    "no_way_back": _l("Too much has been done since to give it back. Refer or hand the case on instead."),
    "sender_has_left": _l("The agency that sent it has left the case. Refer or hand the case on instead."),
    "clock_is_over": _l("This deadline has ended: nothing more can be done with it."),
    "clock_stands": _l("This deadline is paused already."),
    "clock_runs": _l("This deadline is running already."),
    "clock_has_lapsed": _l("This deadline has passed: a pause takes nothing of that away. Exempt from it instead."),
    "not_exempt": _l("No exemption stands."),
    "exemption_too_long": _l("An exemption lasts at most a year"),
    "not_a_supervisor": _l("Choose a supervisor of your agency"),
    "mapping_name_taken": _l("There is a mapping with this name already. Give it another one."),
    "referral_answered": _l("This referral does not wait for an answer any more."),
    "signal_answered": _l("Someone has answered this signal already."),
    "not_a_child": _l("The signal says that the person is an adult: choose another basis"),
    "consent_first": _l(
        "Without the person's consent it goes no further, but for a child or a life at risk. Ask the person first."
    ),
    "contact_sent_on": _l("This contact was sent on already."),
    "venue_code_taken": _l("Another venue has this code"),
    "no_such_venue": _l("There is no venue with this code. Register it first."),
    "presumed_over_screened": _l("There cannot be more presumed victims than persons screened"),
    "say_why": _l("Say why life is at risk"),
    "file_code_form": _l("Use capital letters, digits, / . and - with at least one digit, and no name"),
    "which_accused": _l("Say which of the accused it is, by the number within the file"),
    "of_the_file": _l("An investigation is opened in the file as a whole: leave this empty"),
    "sentence_without_conviction": _l("Only a conviction has a sentence: leave it empty, or choose the conviction"),
    "step_stands": _l("Such a step is recorded already. Take that one back first if it is wrong."),
    "step_is_taken_back": _l("This step was taken back already."),
    "packet_not_your_role": _l("For an adult the advocate or the return coordinator makes the packet."),
    "packet_no_partner": _l("The receiving partner has not confirmed that there is room."),
    "packet_no_consent": _l("The person has not agreed that an agency abroad is told. Record that consent first."),
    "packet_no_return_consent": _l("There is no consent to a voluntary return, or it was withdrawn."),
    "packet_asylum": _l("The person asks for asylum: nothing is passed to the country of citizenship."),
    "packet_guardian": _l("A checked guardian and the best interests of the child come first."),
    "meeting_in_past": _l("The day must be today or later"),
    "meeting_not_yet": _l("The meeting is still to come: this is recorded on its day or later."),
    "too_many_cases": _l("At most twenty cases can be on one agenda"),
    "decision_is_recorded": _l("A decision is recorded already and stays. Add what is to be done instead."),
    "payer_known": _l("There is a payer with this name already"),
    "houses_of_one": _l("Name houses of one shelter alone, or choose several shelters and name no house"),
    "place_not_of_whole": _l("Choose among the places that the whole grant pays for"),
    "some_place": _l("Choose a shelter or name a place"),
    "too_many_places": _l("A grant pays for at most sixty places"),
    "amount_first": _l("Tell the amount of the whole first"),
    "another_currency": _l("Choose another currency than that of the amount"),
    "more_than_whole": _l("This is more than the whole"),
    "too_many_decimals": _l("The currency has fewer decimals than this"),
    "part_of_part": _l("This is a part of a grant already"),
    "currency_of_whole": _l("A part is in the currency of its whole"),
    "above_zero": _l("Enter an amount above zero, or leave it empty"),
    "not_in_its_days": _l("The day must lie between the first and the last that the grant pays for"),
    "another_place": _l("Choose another place, or name one"),
    "grant_is_over": _l("That is recorded already."),
    "pair_already_answered": _l("Someone has answered this pair already."),
}


def phrase(key: str) -> str:
    """The sentence of a reason key; a key without one shows itself, and fails a test."""
    return str(PHRASES.get(key, key))


STAGES = {
    "identification": _l("Identification"),
    "advocacy": _l("Victim advocate"),
    "shelter": _l("Shelter"),
    "return_or_reintegration": _l("Return or reintegration"),
}
"""The four stages that people speak of."""

FIRST_ACTS = {
    "record_signal": _l("Record a signal"),
    "open_directly": _l("Log a case"),
}
"""How the first act of a role is called where the day's work begins."""

CASE_STATES = {
    "start": _l("Not opened"),
    "open": _l("Open"),
    "reopened": _l("Reopened"),
    "closed": _l("Closed"),
    "imported": _l("From a register"),
}
"""Where a case as a whole stands."""

NOTICES = {
    **HOUSE_NOTICES,
    **ACCOUNT_NOTICES,
    "referral:sent": _l("A referral waits for your answer: %(track)s. How urgent: %(urgency)s."),
    "referral:withdrawn": _l("A referral that waited for your answer was taken back: %(track)s."),
    "referral:accepted": _l("Your referral was accepted: %(track)s."),
    "referral:declined": _l("Your referral was not accepted: %(track)s. Reason: %(reason)s."),
    "referral:done": _l("What you asked for was answered back: %(track)s. %(outcome)s."),
    "referral:returned": _l("A referral that had been accepted was given back to you: %(track)s. Reason: %(reason)s."),
    "referral:expired": _l("A referral was not answered in time: %(track)s. Another agency can be asked."),
    "referral:passed_on": _l(
        "A referral of another agency in one of your cases is yours now and waits for its answer: %(track)s."
    ),
    "sign:waits": _l("A joint step waits for your signature."),
    "case:moved": _l("A case moved on and you can act next: %(track)s."),
    "bed:needs_place": _l("Someone who is expected needs another bed: the one that was kept is not free."),
    "exit:asked": _l("A shelter asks whether you approve that a person leaves it."),
    "exit:answered": _l("An answer came on whether a person may leave the house."),
    "exit:conflict": _l("A person wishes to leave a shelter, and an approval is missing or refused."),
    "exit:unapproved": _l("A person at high risk has left a shelter without all approvals. Offer a safety plan."),
    "stay:check_days": _l("The days of a stay in your house need checking."),
    "bed:void_gave_way": _l("A bed that was to be out of use is taken: what was planned for it was taken back."),
    "person_request:objection": _l("The person objects to how her data are used. Look at the case."),
    "person_request:answered": _l("An objection to how data are used was answered. Look at the case."),
    "erasure:asked": _l("A closed case of your office is to be erased: another person than who asked must decide."),
    "intake:set": _l("It was changed whom your house takes. Look at the page of it."),
    "premises:compromised": _l("The location of your house is known to somebody dangerous. Open the alarm now."),
    "premises:stand_down_waits": _l("An alarm of your house is to be stood down: another person must sign."),
    "premises:warned": _l("The location of a shelter is known to somebody dangerous. Look whom to call."),
    "premises:warning_over": _l("An alarm of a shelter was stood down."),
    "premises:closing": _l("The house where somebody lives closes on %(on)s: another place is needed."),
    "premises:expected_elsewhere": _l("A place that was kept takes nobody now: bring nobody there, look for another."),
    "move:drive": _l("You are asked to bring somebody from one place to another."),
    "address:opened": _l("Somebody has opened the address of your house: %(purpose)s."),
    "funding:recorded": _l("Money for your house was recorded."),
    "funding:changed": _l("Money for your house was moved, has ended or was struck out."),
    "case:assigned": _l("A case was assigned to you."),
    "cover:set": _l("You stand in for a colleague on the days that were set: the cases are open to you then."),
    "record:identity_changed": _l("The record of a person was put right in one of your cases."),
    "record:contact_changed": _l("A safe contact has changed. Look at the case before you call."),
    "reading:stopped": _l("A colleague has opened more cases than usual and is stopped for now."),
    "reading:addresses_stopped": _l("A colleague has opened the addresses of many houses and is stopped for now."),
    "reading:addresses_known": _l(
        "Somebody who opened the address of your house opened those of many others and was stopped. Look who it was."
    ),
    "reading:let_on": _l("You can open cases and addresses again."),
    "member:left": _l("A colleague has left: cases without anybody wait in the caseload."),
    "step:taken_back": _l("A step of a case was taken back: %(track)s."),
    "step:corrected": _l("A step of a case was corrected: %(track)s."),
    "clock:due_soon": _l("A deadline is near: %(clock)s."),
    "case:version": _l("A case was moved to another version of the procedure: deadlines and steps may differ."),
    "signal:sent": _l("A signal waits for your agency. How urgent: %(urgency)s."),
    "signal:received": _l("A signal that you sent was received."),
    "signal:taken_up": _l("A signal that you sent was taken up."),
    "signal:closed": _l("A signal that you sent was closed without a case."),
    "signal:passed_on": _l("A signal that you sent was passed on to another agency."),
    "transnational:not_met": _l("A person who returned was not met, or nobody answered. Look at the case now."),
    "transnational:unanswered": _l("Another country has not answered a referral: ask whether the person arrived."),
    "meeting:called": _l("You are invited to a case meeting: %(meeting_reason)s."),
    "meeting:called_urgently": _l("You are invited to an urgent case meeting: %(meeting_reason)s."),
    "meeting:follow_up": _l("At a meeting your agency was asked to do something in one of its cases."),
    "operation:shared": _l("You can open an operation of a colleague now."),
    "venue:returned": _l("A venue returns: %(venue)s. Earlier operations there: %(times)s, the last on %(on)s."),
    "clock:lapsed": _l("A deadline has passed: %(clock)s."),
}
"""What the notice of a kind says. Never a name: the inbox is read on screens that others see."""

LISTED = {
    **HOUSE_LISTED,
    "reason": "decline_reason",
    "outcome": "referral_outcome",
    "urgency": "urgency",
    "meeting_reason": "meeting_reason",
    "purpose": "address_purpose",
}
"""Which code list a value of a notice comes from."""

LABELLED = {"track": wording.track_label, "clock": wording.clock_label}
"""Which values of a notice the procedure has words for."""


PLAIN = frozenset({"venue", "times"})
"""Values of a notice that say themselves: a pseudonym, a number."""


class Told(Protocol):
    """A notice: its kind, and codes for its sentence."""

    @property
    def kind(self) -> str: ...
    @property
    def values(self) -> dict[str, str]: ...


def notice_sentence(notice: Told) -> str:
    """What a notice says in the reader's language; a kind without a sentence says only that something happened."""
    sentence = NOTICES.get(notice.kind)
    if sentence is None:
        return gettext("Something happened that you should know.")
    return str(sentence) % _Words(notice.values)


class _Words(dict[str, str]):
    """The values of a notice in words; one that is missing or not known reads as a dash."""

    def __getitem__(self, name: str) -> str:
        value = self.get(name, "")
        if name in PLAIN:
            return value
        if name == "on":
            return written_day(value)
        if name in LABELLED:
            label = LABELLED[name](value)
            return label.text(data_language()) if label else "–"
        codes = LISTED.get(name)
        if codes and value in catalog.get(codes):
            return catalog.get(codes).label(value, data_language())
        return "–"
