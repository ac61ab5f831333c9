"""The project list (项目清单): what is being done, where, by whom, for how much, how far."""
