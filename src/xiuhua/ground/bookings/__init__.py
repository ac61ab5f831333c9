"""Bookings (预约): a place at a time, with capacity, waiting list and check-in; for festival, course, meal and room.

What a session belongs to (an event, a course) is named by `subject`; that programme opens it by `actions.open_session`
and reads it again by ``Session.objects.of(row)``.
"""
