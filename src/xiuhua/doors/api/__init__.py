"""The JSON API (接口), ``/api/v1/``: the same actions and queries as the pages, for programs; no rule of its own."""
