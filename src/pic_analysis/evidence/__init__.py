"""Contribution analysis: who says what, about which link, and how far it is supported."""
