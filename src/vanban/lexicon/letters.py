"""Capital and small letters of Vietnamese, as the inside of a character class."""

UPPER = (
    "A-Z"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
LOWER = UPPER.lower()
LETTER = UPPER + LOWER
