"""Looking for a place: every shelter with its reasons, what the place must offer, needs that are not met."""
