"""How people write: text, telephone numbers, calendars, moments and translated sentences. Knows nothing of leads."""
