"""What is wrong with a request, as GeoReport v2 says it."""


class Wrong(Exception):
    """A request that cannot be answered: an HTTP status, and what is the matter."""

    def __init__(self, code: int, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.code, self.descriptions = code, descriptions
