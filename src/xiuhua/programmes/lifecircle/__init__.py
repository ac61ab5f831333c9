"""The 15-minute community life circle (15 分钟社区生活圈): who can and who cannot reach what on foot."""
