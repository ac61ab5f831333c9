"""What many speak of (热点话题): grouped by night, named by telling words, shown to the office and to everybody."""
