"""The territory (区划): subdistrict > committee > micro-grid > building > stairwell > household > resident."""
