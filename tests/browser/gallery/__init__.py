"""Every kind of page that the interface offers, on made-up rows: served by itself, without a database."""
