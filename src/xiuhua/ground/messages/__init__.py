"""Words to a person (消息): text messages by whichever sender the office has, and messages that wait on their phone.

An action tells somebody something by `sending.send`; what is about a row shows on its page (`sections.messages_of`).
"""
