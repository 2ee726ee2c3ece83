"""What a house records of its stays beside their steps: overstay, reasons of a transfer, days put right."""
