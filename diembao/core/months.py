"""Names of months as papers write them, in full and short: for dates in texts and in markup."""

from __future__ import annotations

from typing import Final

_NAMES = (
    # Thai, in full and short
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    "มค กพ มีค เมย พค มิย กค สค กย ตค พย ธค",
    # Lao
    "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    # Khmer, with the two spellings of February
    "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "មករា កុម្ភះ មិនា មេសា ឧសភា មិថុនា កក្តដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    # Russian, of a day, by itself and short
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "янв фев мар апр мая июн июл авг сен окт ноя дек",
    "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
)
# Thai, Lao, Khmer and Russian: those that are not left to dateparser.
MONTHS: Final = {name: number for names in _NAMES for number, name in enumerate(names.split(), 1)}

ENGLISH: Final = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_FRENCH: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
FRENCH: Final = {name: number for number, name in enumerate(_FRENCH, 1)}
