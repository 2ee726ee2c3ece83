"""The clocks of a case, for the supervisor of an agency: pauses, exemptions, reminders."""
