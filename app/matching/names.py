"""From a name as an agency spells it to keys that sound alike in Albanian, Serbian and Cyrillic; no comparison here."""

import re
import unicodedata

import cyrtranslit

_CYRILLIC = re.compile("[\u0400-\u04ff]")
# Letters that one alphabet has and Serbian has not; the first alphabet that claims a word reads it.
_ALPHABETS = (("ua", "іїєґ"), ("mk", "ѓќѕѐѝ"), ("ru", "ыэёъщйюья"))
_APOSTROPHES = re.compile("['’‘ʼ`´ʹ]")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_MARKED = {
    "đ": "gj", "ð": "d", "ǵ": "gj", "ḱ": "q", "ł": "l", "ß": "s", "ı": "i", "ø": "o", "æ": "e", "œ": "e", "þ": "th",
}  # fmt: skip
# Longest first: what Albanian writes with two letters, Serbian with a mark and English clerks with whatever they have.
_SOUNDS = {
    "shch": "s", "šč": "s", "sch": "s", "shh": "s",
    "dzh": "x", "tch": "c", "dž": "x", "xh": "x", "dz": "x", "ks": "x",
    "gj": "g", "dj": "g", "lj": "l", "nj": "n", "sh": "s", "š": "s", "ş": "s", "ș": "s", "zh": "z", "ž": "z",
    "ch": "c", "ts": "c", "tz": "c", "ţ": "t", "ț": "t", "q": "c", "th": "t", "dh": "d", "kh": "h", "ph": "f",
    "w": "v", "y": "i", "j": "i",
}  # fmt: skip
_SOUND = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_DOUBLED = re.compile(r"(.)\1+")


def latin(text: str) -> str:
    """Return the text in lower-case Latin letters with its marks, whatever alphabet it was written in."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    if not _CYRILLIC.search(lowered):
        return lowered
    alphabet = next((code for code, letters in _ALPHABETS if any(letter in lowered for letter in letters)), "sr")
    return unicodedata.normalize("NFC", str(cyrtranslit.to_latin(lowered, alphabet))).casefold()


def words(name: str) -> tuple[str, ...]:
    """Split a name into whole words in Latin letters; hyphens, commas and dots part words, apostrophes do not."""
    plain = _APOSTROPHES.sub("", latin(name))
    composed = unicodedata.normalize("NFC", plain)
    return tuple(word for word in _NOT_LETTERS.split(composed) if word)


def part_key(word: str) -> str:
    """Return how one part of a name sounds: the same for Xhemajl, Džemailj and Џемаиљ; empty if it has no letter."""
    return "".join(_word_key(each) for each in words(word))


def name_parts(name: str) -> tuple[str, ...]:
    """Return the keys of the whole parts of a name in their order, without empty ones."""
    return tuple(key for key in (_word_key(word) for word in words(name)) if key)


def _word_key(word: str) -> str:
    marked = "".join(_MARKED.get(letter, letter) for letter in word)
    sounds = _SOUND.sub(lambda found: _SOUNDS[found.group()], marked)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", sounds) if not unicodedata.combining(letter))
    # A letter of mathematics becomes a capital only here.
    return _DOUBLED.sub(r"\1", bare.casefold())
