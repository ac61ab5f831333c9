"""Words to a person (消息): text messages, by whichever sender the office has."""
