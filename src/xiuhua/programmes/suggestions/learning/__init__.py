"""Learning from what was decided (学着分): labelled texts in, a model and how good it is out. No database here."""
