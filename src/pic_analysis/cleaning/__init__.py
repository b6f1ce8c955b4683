"""Turn each raw frame into a clean frame, a quarantine and a log; lose no row."""
