"""The interface that every programme configures: shell, list page, error pages, the map, languages."""
