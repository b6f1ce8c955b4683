"""Fetch published series: one small connector an interface, one careful client, dated and hashed extracts."""
