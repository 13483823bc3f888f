"""Names of languages, as archives and authors write them, to the tags of BCP 47 that books and pages carry."""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "und"

# Each tag with the names it goes by; compared without case and accents.
_NAMES: dict[str, str] = {
    "af": "Afrikaans",
    "ar": "Arabic, العربية, عربي",
    "be": "Belarusian, беларуская",
    "bg": "Bulgarian, Български, български език",
    "bn": "Bengali, বাংলা",
    "bs": "Bosnian, bosanski",
    "ca": "Catalan, Català",
    "cs": "Czech, Čeština, Český",
    "cy": "Welsh, Cymraeg",
    "da": "Danish, Dansk",
    "de": "German, Deutsch",
    "el": "Greek, Ελληνικά",
    "en": "English, Englisch, Anglais, Inglés, Английский, American English, British English",
    "eo": "Esperanto",
    "es": "Spanish, Español, Castellano, Spanisch, Espagnol",
    "et": "Estonian, Eesti, eesti keel",
    "eu": "Basque, Euskara",
    "fa": "Persian, Farsi, فارسی",
    "fi": "Finnish, Suomi, Suomeksi",
    "fil": "Filipino, Tagalog, Wikang Filipino",
    "fr": "French, Français, Französisch, Francés",
    "ga": "Irish, Gaeilge",
    "gd": "Scottish Gaelic, Gàidhlig",
    "gl": "Galician, Galego",
    "he": "Hebrew, עברית",
    "hi": "Hindi, हिन्दी, हिंदी",
    "hr": "Croatian, Hrvatski",
    "hu": "Hungarian, Magyar",
    "hy": "Armenian, Հայերեն",
    "id": "Indonesian, Bahasa Indonesia",
    "is": "Icelandic, Íslenska",
    "it": "Italian, Italiano, Italienisch, Italien",
    "ja": "Japanese, 日本語",
    "ka": "Georgian, ქართული",
    "ko": "Korean, 한국어",
    "la": "Latin, Lingua Latina",
    "lt": "Lithuanian, Lietuvių, Lietuvių kalba",
    "lv": "Latvian, Latviešu, Latviešu valoda",
    "mk": "Macedonian, македонски",
    "mr": "Marathi, मराठी",
    "ms": "Malay, Bahasa Malaysia, Bahasa Melayu",
    "nl": "Dutch, Nederlands",
    "no": "Norwegian, Norsk, Bokmål, Nynorsk",
    "pl": "Polish, Polski, język polski",
    "pt": "Portuguese, Português, Português europeu",
    "pt-BR": "Português brasileiro, Brazilian Portuguese, Portuguese (Brazil)",
    "ro": "Romanian, Română",
    "ru": "Russian, Русский, Russisch, Russe",
    "sk": "Slovak, Slovenčina",
    "sl": "Slovene, Slovenian, Slovenščina",
    "sq": "Albanian, Shqip",
    "sr": "Serbian, Srpski, српски",
    "sv": "Swedish, Svenska",
    "ta": "Tamil, தமிழ்",
    "th": "Thai, ไทย",
    "tlh": "Klingon, tlhIngan Hol, tlhIngan-Hol",
    "tr": "Turkish, Türkçe",
    "uk": "Ukrainian, Українська",
    "ur": "Urdu, اردو",
    "vi": "Vietnamese, Tiếng Việt",
    "yi": "Yiddish, ייִדיש, יידיש",
    "zh": "Chinese, 中文, Mandarin, 中文-普通话 國語, 中文-普通话, 國語, 普通话",
    "yue": "Cantonese, 中文-广东话 粵語, 廣東話, 粵語",
    "zh-Hans": "Simplified Chinese, 简体中文",
    "zh-Hant": "Traditional Chinese, 繁體中文",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur", "yi"))
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?", re.IGNORECASE)


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


_TAG_OF = {_fold(name): tag for tag, names in _NAMES.items() for name in names.split(", ")}
_KNOWN = {tag.split("-")[0] for tag in _NAMES}


def tag_of(stated: str) -> str:
    """The BCP 47 tag of a language as it is stated, by name ("Français") or by tag ("pt-br"); "und" when unknown."""
    stated = stated.strip()[:80]
    if found := _TAG_OF.get(_fold(stated)):
        return found
    if _TAG.fullmatch(stated):
        language, *others = re.split("[-_]", stated)
        if language.lower() in _KNOWN:
            return "-".join([language.lower(), *(one.title() if len(one) == 4 else one.upper() for one in others)])
    return UNKNOWN


def is_right_to_left(tag: str) -> bool:
    """Whether the language of a tag is written from right to left."""
    return tag.split("-")[0] in _RIGHT_TO_LEFT
