"""Fictitious interviews with a planted truth: what the pipeline should find back, and how messy files are."""
