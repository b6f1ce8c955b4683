"""Measure how far two readings of the same text agree."""
