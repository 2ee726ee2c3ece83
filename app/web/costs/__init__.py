"""What the state and donors pay for: money by place beside bed-nights, how long it lasts, files of it."""
