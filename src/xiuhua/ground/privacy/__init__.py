"""Personal information (个人信息): by what right it is kept, what people asked for, and how they are forgotten."""
