"""Pages of sessions and bookings: for staff, at the door, and for whoever books."""
