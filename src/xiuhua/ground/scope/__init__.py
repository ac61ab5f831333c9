"""Which rows and fields a person may see (可见范围). Knows no model; asks whoever looks, by protocol."""
