"""Readers and writers of outside formats (数据来源)."""
