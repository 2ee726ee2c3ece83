"""The hotline's contacts: logged without identity, sent on with consent."""
