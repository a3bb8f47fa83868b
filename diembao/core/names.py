"""Names of languages and countries in Vietnamese and English; an unknown one is shown by its code."""

from __future__ import annotations

from typing import Final

LANGUAGES: Final = ("vi", "en")  # of the names below, in their order

LANGUAGE_NAMES: Final[dict[str, tuple[str, str]]] = {
    "ar": ("tiếng Ả Rập", "Arabic"),
    "bn": ("tiếng Bengal", "Bengali"),
    "cs": ("tiếng Séc", "Czech"),
    "de": ("tiếng Đức", "German"),
    "en": ("tiếng Anh", "English"),
    "es": ("tiếng Tây Ban Nha", "Spanish"),
    "fa": ("tiếng Ba Tư", "Persian"),
    "fil": ("tiếng Philippines", "Filipino"),
    "fr": ("tiếng Pháp", "French"),
    "hi": ("tiếng Hindi", "Hindi"),
    "id": ("tiếng Indonesia", "Indonesian"),
    "it": ("tiếng Ý", "Italian"),
    "ja": ("tiếng Nhật", "Japanese"),
    "km": ("tiếng Khmer", "Khmer"),
    "ko": ("tiếng Hàn", "Korean"),
    "lo": ("tiếng Lào", "Lao"),
    "ms": ("tiếng Mã Lai", "Malay"),
    "my": ("tiếng Miến Điện", "Burmese"),
    "nb": ("tiếng Na Uy", "Norwegian"),
    "nl": ("tiếng Hà Lan", "Dutch"),
    "pl": ("tiếng Ba Lan", "Polish"),
    "pt": ("tiếng Bồ Đào Nha", "Portuguese"),
    "ru": ("tiếng Nga", "Russian"),
    "sv": ("tiếng Thụy Điển", "Swedish"),
    "th": ("tiếng Thái", "Thai"),
    "tr": ("tiếng Thổ Nhĩ Kỳ", "Turkish"),
    "uk": ("tiếng Ukraina", "Ukrainian"),
    "ur": ("tiếng Urdu", "Urdu"),
    "vi": ("tiếng Việt", "Vietnamese"),
    "zh": ("tiếng Trung", "Chinese"),
    "zh-Hans": ("tiếng Trung giản thể", "Chinese (simplified)"),
    "zh-Hant": ("tiếng Trung phồn thể", "Chinese (traditional)"),
}

COUNTRY_NAMES: Final[dict[str, tuple[str, str]]] = {
    "AR": ("Argentina", "Argentina"),
    "AT": ("Áo", "Austria"),
    "AU": ("Úc", "Australia"),
    "BD": ("Bangladesh", "Bangladesh"),
    "BR": ("Brazil", "Brazil"),
    "CA": ("Canada", "Canada"),
    "CN": ("Trung Quốc", "China"),
    "CU": ("Cuba", "Cuba"),
    "CZ": ("Séc", "Czechia"),
    "DE": ("Đức", "Germany"),
    "ES": ("Tây Ban Nha", "Spain"),
    "FR": ("Pháp", "France"),
    "GB": ("Anh", "United Kingdom"),
    "HK": ("Hồng Kông", "Hong Kong"),
    "ID": ("Indonesia", "Indonesia"),
    "IL": ("Israel", "Israel"),
    "IN": ("Ấn Độ", "India"),
    "IR": ("Iran", "Iran"),
    "IT": ("Ý", "Italy"),
    "JP": ("Nhật Bản", "Japan"),
    "KG": ("Kyrgyzstan", "Kyrgyzstan"),
    "KH": ("Campuchia", "Cambodia"),
    "KR": ("Hàn Quốc", "South Korea"),
    "KZ": ("Kazakhstan", "Kazakhstan"),
    "LA": ("Lào", "Laos"),
    "LK": ("Sri Lanka", "Sri Lanka"),
    "MM": ("Myanmar", "Myanmar"),
    "MN": ("Mông Cổ", "Mongolia"),
    "MY": ("Malaysia", "Malaysia"),
    "NG": ("Nigeria", "Nigeria"),
    "NL": ("Hà Lan", "Netherlands"),
    "NO": ("Na Uy", "Norway"),
    "NP": ("Nepal", "Nepal"),
    "NZ": ("New Zealand", "New Zealand"),
    "PH": ("Philippines", "Philippines"),
    "PK": ("Pakistan", "Pakistan"),
    "PL": ("Ba Lan", "Poland"),
    "QA": ("Qatar", "Qatar"),
    "RU": ("Nga", "Russia"),
    "SE": ("Thụy Điển", "Sweden"),
    "SG": ("Singapore", "Singapore"),
    "TH": ("Thái Lan", "Thailand"),
    "TL": ("Timor-Leste", "Timor-Leste"),
    "TR": ("Thổ Nhĩ Kỳ", "Türkiye"),
    "TW": ("Đài Loan", "Taiwan"),
    "UA": ("Ukraina", "Ukraine"),
    "US": ("Mỹ", "United States"),
    "VA": ("Vatican", "Vatican"),
    "VN": ("Việt Nam", "Vietnam"),
    "ZA": ("Nam Phi", "South Africa"),
}


def language_name(code: str, language: str) -> str:
    return _name(LANGUAGE_NAMES, code, language)


def country_name(code: str, language: str) -> str:
    return _name(COUNTRY_NAMES, code.upper(), language)


def _name(names: dict[str, tuple[str, str]], code: str, language: str) -> str:
    return names[code][LANGUAGES.index(language)] if code in names else code
