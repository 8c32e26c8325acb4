"""Names and customs of languages and regions, from Unicode's CLDR; written by `locales/cldr`, never by hand."""

from __future__ import annotations

MONTHS = (
    (
        "ene|enero|jan|janeiro|janner|januar|january|janv|janvier|oca|ocak|янв|"
        "январь|января|جانفی|جنوری|ژانویه|کانون الثانی|ینایر|जन|जनवरी|ม.ค|"
        "มกราคม|一月"
    ),
    (
        "feb|febrero|februar|february|fev|fevereiro|fevr|fevrier|sub|subat|февр|"
        "февраль|февраля|شباط|فبرایر|فروری|فوریه|فیفری|फर|फरवरी|ก.พ|กมภาพันธ์|"
        "二月"
    ),
    ("mar|march|marco|mars|mart|marz|marzo|мар|март|марта|اذار|مارس|مارچ|मारच|มี.ค|มีนาคม|三月"),
    (
        "abr|abril|apr|april|avr|avril|nis|nisan|апр|апрель|апреля|ابریل|افریل|"
        "اوریل|اپریل|نیسان|अपरैल|เม.ย|เมษายน|四月"
    ),
    ("mai|maio|may|mayis|mayo|маи|мая|ایار|مای|مایو|مه|میی|मई|พ.ค|พฤษภาคม|五月"),
    (
        "haz|haziran|juin|jun|june|junho|juni|junio|июн|июнь|июня|جوان|جون|"
        "حزیران|ژوین|یونیو|जून|มิ.ย|มิถนายน|六月"
    ),
    (
        "juil|juillet|jul|julho|juli|julio|july|tem|temmuz|июл|июль|июля|تموز|"
        "جولایی|جویلیه|ژوییه|یولیو|یولیوز|जुल|जुलाई|ก.ค|กรกฎาคม|七月"
    ),
    (
        "ago|agosto|agu|agustos|aout|aug|august|авг|август|августа|اب|اغسطس|اوت|"
        "اگست|غشت|अग|अगसत|ส.ค|สิงหาคม|八月"
    ),
    (
        "eyl|eylul|sep|sept|september|septembre|septiembre|set|setembro|сент|"
        "сентябрь|сентября|ایلول|سبتمبر|ستمبر|سپتامبر|شتنبر|सित|सितंबर|ก.ย|"
        "กันยายน|九月"
    ),
    (
        "eki|ekim|oct|october|octobre|octubre|okt|oktober|out|outubro|окт|"
        "октябрь|октября|اکتبر|اکتوبر|تشرین الاول|अकटू|अकटूबर|ต.ค|ตลาคม|十月"
    ),
    (
        "kas|kasim|nov|november|novembre|novembro|noviembre|нояб|ноябрь|ноября|"
        "تشرین الثانی|نوامبر|نوفمبر|نومبر|نونبر|नव|नवंबर|พ.ย|พฤศจิกายน|十一月"
    ),
    (
        "ara|aralik|dec|december|decembre|dez|dezember|dezembro|dic|diciembre|"
        "дек|декабрь|декабря|دجنبر|دسامبر|دسمبر|دیسمبر|کانون الاول|दिस|दिसंबर|"
        "ธ.ค|ธันวาคม|十二月"
    ),
)
"""The folded spellings of each, January first, in the languages of the files that desks receive."""

WEEKDAYS = (
    (
        "lun|lundi|lunes|mo|mon|monday|montag|pazartesi|pzt|seg|segunda-feira|"
        "пн|понедельник|الاثنین|دوشنبه|پیر|सोम|सोमवार|จันทร์|วันจันทร์|周一|星期一"
    ),
    (
        "di|dienstag|mar|mardi|martes|sal|sali|ter|terca-feira|tue|tuesday|вт|"
        "вторник|الثلاثا|سهشنبه|منگل|मंगल|मंगलवार|วันอังคาร|อังคาร|周二|星期二"
    ),
    (
        "car|carsamba|mer|mercredi|mi|mie|miercoles|mittwoch|qua|quarta-feira|"
        "wed|wednesday|ср|среда|الاربعا|بده|چهارشنبه|बुध|बुधवार|พธ|วันพธ|周三|星期三"
    ),
    (
        "do|donnerstag|jeu|jeudi|jue|jueves|per|persembe|qui|quinta-feira|thu|"
        "thursday|четверг|чт|الخمیس|جمعرات|پنجشنبه|गुरु|गुरुवार|พฤหัส|"
        "วันพฤหัสบดี|周四|星期四"
    ),
    (
        "cum|cuma|fr|freitag|fri|friday|sex|sexta-feira|ven|vendredi|vie|"
        "viernes|пт|пятница|الجمعه|جمعه|शुकर|शुकरवार|วันศกร์|ศกร์|周五|星期五"
    ),
    (
        "cmt|cumartesi|sa|sab|sabado|sam|samedi|samstag|sat|saturday|сб|суббота|"
        "السبت|شنبه|هفته|शनि|शनिवार|วันเสาร์|เสาร์|周六|星期六"
    ),
    (
        "dim|dimanche|dom|domingo|paz|pazar|so|sonntag|sun|sunday|воскресенье|"
        "вс|اتوار|الاحد|یکشنبه|रवि|रविवार|วันอาทิตย์|อาทิตย์|周日|星期日"
    ),
)
"""The folded spellings of each, Monday first, in the languages of the files that desks receive."""

DECIMAL_COMMA = frozenset(
    (
        "AD AL AM AO AR AT AW AX AZ BA BE BF BG BI BJ BL BN BO BR BV BY CD CF "
        "CG CI CL CM CO CR CV CY CZ DE DJ DK DZ EA EC EE ES FI FO FR GA GE GF "
        "GL GN GP GQ GR GW HR HT HU IC ID IS IT KG KZ LA LB LT LU LV LY MA MC "
        "MD ME MF MK MQ MR MU MZ NA NC NL NO PF PL PM PT RE RO RS RU RW SC SE "
        "SI SJ SK SM SN SR ST TF TG TJ TL TM TN TR UA UY UZ VA VE VN WF XK YT"
    ).split()
)
"""The regions that write 1.234,50."""

MONTH_FIRST = frozenset(("ER PA PH PR US").split())
"""The regions whose short dates begin with the month."""

YEAR_FIRST = frozenset(("AF BT CN GL HT HU IR JP KP KR LK LS LT MG MN NA NP PY RW SE TW ZW").split())
"""The regions whose short dates begin with the year."""
