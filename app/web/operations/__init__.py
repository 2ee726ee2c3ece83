"""Operations of the police, and the venues where they were held."""
