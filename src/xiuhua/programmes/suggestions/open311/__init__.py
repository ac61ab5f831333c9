"""Open311 (GeoReport v2): how programs of others send in what people say, and read what is public."""
