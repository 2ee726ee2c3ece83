"""The funding ledger: money for shelters by who pays, for what, from when to when."""
