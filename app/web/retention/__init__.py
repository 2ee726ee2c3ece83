"""What is over its period, holds on cases, and how long each class of data is kept."""
