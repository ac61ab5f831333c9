"""The one append-only record (工作留痕), and the `action` that writes it."""
