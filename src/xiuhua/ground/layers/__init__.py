"""What the one map draws: geometry on record, and the registry of layers (图层)."""
