"""The shelter's own texts: house rules and the leaflet on rights, written, translated and printed."""
