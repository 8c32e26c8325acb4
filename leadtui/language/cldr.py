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
        "SI SJ SK SM SN SR ST TF TG TJ TL TM TN TR UA UY UZ VA VE VN WF XK YT "
        "ZA"
    ).split()
)
"""The regions that write 1.234,50."""

MONTH_FIRST = frozenset(("AS ER GU MH MP PA PH PR UM US VI").split())
"""The regions whose short dates begin with the month."""

YEAR_FIRST = frozenset(("AF BT CA CN GL HT HU IR JP KP KR LK LS LT MG MN NA NP PY RW SE TW ZA ZW").split())
"""The regions whose short dates begin with the year."""

WEEK_FROM_SATURDAY = frozenset(("AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY").split())
"""The regions whose week begins on Saturday."""

WEEK_FROM_SUNDAY = frozenset(
    (
        "AG AO AS BD BR BS BT BW BZ CA CO CV DM DO ET GT GU GW HK HN ID IL IN "
        "IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA "
        "SG ST SV TH TL TT TW UM US VE VI WS YE ZA ZW"
    ).split()
)
"""The regions whose week begins on Sunday."""

CURRENCIES = {
    "AED": ("UAE dirham", "UAE dirhams", "درهم امارات متحدهٔ عربی", "درهم إماراتي", "د.إ."),
    "AFN": ("Afghan Afghani", "Afghan Afghanis", "افغانی افغانستان", "أفغاني", "؋"),
    "ALL": ("Albanian lek", "Albanian lekë", "لک آلبانی", "ليك ألباني", "Lekë"),
    "AMD": ("Armenian dram", "Armenian drams", "درام ارمنستان", "درام أرميني", "֏"),
    "AOA": ("Angolan kwanza", "Angolan kwanzas", "کوانزای آنگولا", "كوانزا أنغولي", "Kz"),
    "ARS": ("Argentine peso", "Argentine pesos", "پزوی آرژانتین", "بيزو أرجنتيني", "$"),
    "AUD": ("Australian dollar", "Australian dollars", "دلار استرالیا", "دولار أسترالي", "$ A$ AU$"),
    "AWG": ("Aruban florin", "Aruban florin", "فلورین آروبا", "فلورن أروبي", "Afl."),
    "AZN": ("Azerbaijani manat", "Azerbaijani manats", "منات جمهوری آذربایجان", "مانات أذربيجان", "₼"),
    "BAM": (
        "Bosnia-Herzegovina convertible mark",
        "Bosnia-Herzegovina convertible marks",
        "مارک تبدیل\u200cپذیر بوسنی و هرزگوین",
        "مارك البوسنة والهرسك قابل للتحويل",
        "KM",
    ),
    "BBD": ("Barbadian dollar", "Barbadian dollars", "دلار باربادوس", "دولار بربادوسي", "$"),
    "BDT": ("Bangladeshi taka", "Bangladeshi takas", "تاکای بنگلادش", "تاكا بنغلاديشي", "৳"),
    "BHD": ("Bahraini dinar", "Bahraini dinars", "دینار بحرین", "دينار بحريني", "د.ب."),
    "BIF": ("Burundian franc", "Burundian francs", "فرانک بوروندی", "فرنك بروندي", "FBu"),
    "BMD": ("Bermudan dollar", "Bermudan dollars", "دلار برمودا", "دولار برمودي", "$"),
    "BND": ("Brunei dollar", "Brunei dollars", "دلار برونئی", "دولار بروناي", "$"),
    "BOB": ("Bolivian boliviano", "Bolivian bolivianos", "بولیویانوی بولیوی", "بوليفيانو بوليفي", "Bs"),
    "BRL": ("Brazilian real", "Brazilian reals", "رئال برزیل", "ريال برازيلي", "R$"),
    "BSD": ("Bahamian dollar", "Bahamian dollars", "دلار باهاما", "دولار باهامي", "$"),
    "BTN": ("Bhutanese ngultrum", "Bhutanese ngultrums", "انگولتروم بوتان", "نولتوم بوتاني", "Nu."),
    "BWP": ("Botswanan pula", "Botswanan pulas", "پولای بوتسوانا", "بولا بتسواني", ""),
    "BYN": ("Belarusian ruble", "Belarusian rubles", "روبل بلاروس", "روبل بيلاروسي", "Br"),
    "BZD": ("Belize dollar", "Belize dollars", "دلار بلیز", "دولار بليزي", "$"),
    "CAD": ("Canadian dollar", "Canadian dollars", "دلار کانادا", "دولار كندي", "$ $CA CA$"),
    "CDF": ("Congolese franc", "Congolese francs", "فرانک کنگو", "فرنك كونغولي", "FC"),
    "CHF": ("Swiss franc", "Swiss francs", "فرانک سوئیس", "فرنك سويسري", ""),
    "CLP": ("Chilean peso", "Chilean pesos", "پزوی شیلی", "بيزو تشيلي", "$"),
    "CNY": ("Chinese yuan", "Chinese yuan", "یوآن چین", "يوان صيني", "CN¥ ¥ ¥CN"),
    "COP": ("Colombian peso", "Colombian pesos", "پزوی کلمبیا", "بيزو كولومبي", "$"),
    "CRC": ("Costa Rican colón", "Costa Rican colóns", "کولون کاستاریکا", "كولن كوستاريكي", "₡"),
    "CUP": ("Cuban peso", "Cuban pesos", "پزوی کوبا", "بيزو كوبي", "$"),
    "CVE": ("Cape Verdean escudo", "Cape Verdean escudos", "اسکودوی کیپ\u200cورد", "اسكودو الرأس الأخضر", ""),
    "CZK": ("Czech koruna", "Czech korunas", "کورونای جمهوری چک", "كرونة تشيكية", "Kč"),
    "DJF": ("Djiboutian franc", "Djiboutian francs", "فرانک جیبوتی", "فرنك جيبوتي", "Fdj"),
    "DKK": ("Danish krone", "Danish kroner", "کرون دانمارک", "كرونة دنماركية", "kr kr."),
    "DOP": ("Dominican peso", "Dominican pesos", "پزوی جمهوری دومینیکن", "بيزو الدومنيكان", "RD$"),
    "DZD": ("Algerian dinar", "Algerian dinars", "دینار الجزایر", "دينار جزائري", "د.ج."),
    "EGP": ("Egyptian pound", "Egyptian pounds", "پوند مصر", "جنيه مصري", "ج.م."),
    "ERN": ("Eritrean nakfa", "Eritrean nakfas", "ناکفای اریتره", "ناكفا أريتري", "Nfk"),
    "ETB": ("Ethiopian birr", "Ethiopian birrs", "بیر اتیوپی", "بير أثيوبي", "ብር"),
    "EUR": ("euro", "euros", "یورو", "يورو", "€"),
    "FJD": ("Fijian dollar", "Fijian dollars", "دلار فیجی", "دولار فيجي", "$"),
    "FKP": (
        "Falkland Islands pound",
        "Falkland Islands pounds",
        "پوند جزایر فالکلند",
        "جنيه جزر فوكلاند",
        "£",
    ),
    "GBP": ("British pound", "British pounds", "پوند بریتانیا", "جنيه إسترليني", "UK£ £"),
    "GEL": ("Georgian lari", "Georgian laris", "لاری گرجستان", "لارى جورجي", "₾"),
    "GHS": ("Ghanaian cedi", "Ghanaian cedis", "سدی غنا", "سيدي غانا", "GH₵"),
    "GIP": ("Gibraltar pound", "Gibraltar pounds", "پوند جبل\u200cالطارق", "جنيه جبل طارق", "£"),
    "GMD": ("Gambian dalasi", "Gambian dalasis", "دالاسی گامبیا", "دلاسي غامبي", ""),
    "GNF": ("Guinean franc", "Guinean francs", "فرانک گینه", "فرنك غينيا", "FG"),
    "GTQ": ("Guatemalan quetzal", "Guatemalan quetzals", "کتزال گواتمالا", "كوتزال غواتيمالا", ""),
    "GYD": ("Guyanaese dollar", "Guyanaese dollars", "دلار گویانا", "دولار غيانا", "$"),
    "HKD": ("Hong Kong dollar", "Hong Kong dollars", "دلار هنگ\u200cکنگ", "دولار هونغ كونغ", "$HK HK$"),
    "HNL": ("Honduran lempira", "Honduran lempiras", "لمپیرای هندوراس", "ليمبيرا هنداروس", ""),
    "HTG": ("Haitian gourde", "Haitian gourdes", "گورد هائیتی", "جوردى هايتي", ""),
    "HUF": ("Hungarian forint", "Hungarian forints", "فورینت مجارستان", "فورينت هنغاري", "Ft"),
    "IDR": ("Indonesian rupiah", "Indonesian rupiahs", "روپیهٔ اندونزی", "روبية إندونيسية", "Rp"),
    "ILS": ("Israeli new shekel", "Israeli new shekels", "شِکِل جدید اسرائیل", "شيكل إسرائيلي جديد", "₪"),
    "INR": ("Indian rupee", "Indian rupees", "روپیهٔ هند", "روبية هندي", "₹"),
    "IQD": ("Iraqi dinar", "Iraqi dinars", "دینار عراق", "دينار عراقي", "د.ع."),
    "IRR": ("Iranian rial", "Iranian rials", "ریال ایران", "ريال إيراني", "ر.إ. ریال"),
    "ISK": ("Icelandic króna", "Icelandic krónur", "کرونای ایسلند", "كرونة أيسلندية", "kr."),
    "JMD": ("Jamaican dollar", "Jamaican dollars", "دلار جامائیکا", "دولار جامايكي", "$"),
    "JOD": ("Jordanian dinar", "Jordanian dinars", "دینار اردن", "دينار أردني", "د.أ."),
    "JPY": ("Japanese yen", "Japanese yen", "ین ژاپن", "ين ياباني", "JP¥ ¥ ￥"),
    "KES": ("Kenyan shilling", "Kenyan shillings", "شیلینگ کنیا", "شلن كينيي", "Ksh"),
    "KGS": ("Kyrgyz som", "Kyrgyz soms", "سوم قرقیزستان", "سوم قيرغستاني", "сом"),
    "KHR": ("Cambodian riel", "Cambodian riels", "ری\u200cیل کامبوج", "رييال كمبودي", "៛"),
    "KMF": ("Comorian franc", "Comorian francs", "فرانک کومورو", "فرنك جزر القمر", "CF"),
    "KPW": ("North Korean won", "North Korean won", "وون کرهٔ شمالی", "وون كوريا الشمالية", ""),
    "KRW": ("South Korean won", "South Korean won", "وون کرهٔ جنوبی", "وون كوريا الجنوبية", "₩"),
    "KWD": ("Kuwaiti dinar", "Kuwaiti dinars", "دینار کویت", "دينار كويتي", "د.ك."),
    "KYD": ("Cayman Islands dollar", "Cayman Islands dollars", "دلار جزایر کِیمن", "دولار جزر كيمن", "$"),
    "KZT": ("Kazakhstani tenge", "Kazakhstani tenges", "تنگهٔ قزاقستان", "تينغ كازاخستاني", "₸"),
    "LAK": ("Laotian kip", "Laotian kips", "کیپ لائوس", "كيب لاوسي", "₭"),
    "LBP": ("Lebanese pound", "Lebanese pounds", "لیرهٔ لبنان", "ليرة لبنانية", "ل.ل."),
    "LKR": ("Sri Lankan rupee", "Sri Lankan rupees", "روپیهٔ سری\u200cلانکا", "روبية سريلانكية", "රු."),
    "LRD": ("Liberian dollar", "Liberian dollars", "دلار لیبریا", "دولار ليبيري", "$"),
    "LSL": ("Lesotho loti", "Lesotho lotis", "لوتی لسوتو", "لوتي ليسوتو", ""),
    "LYD": ("Libyan dinar", "Libyan dinars", "دینار لیبی", "دينار ليبي", "د.ل."),
    "MAD": ("Moroccan dirham", "Moroccan dirhams", "درهم مراکش", "درهم مغربي", "د.م."),
    "MDL": ("Moldovan leu", "Moldovan lei", "لئوی مولداوی", "ليو مولدوفي", ""),
    "MGA": ("Malagasy ariary", "Malagasy ariaries", "آریاری مالاگاسی", "أرياري مدغشقر", "Ar"),
    "MKD": ("Macedonian denar", "Macedonian denari", "دینار مقدونیه", "دينار مقدوني", "ден."),
    "MMK": ("Myanmar kyat", "Myanmar kyats", "کیات میانمار", "كيات ميانمار", ""),
    "MNT": ("Mongolian tugrik", "Mongolian tugriks", "توگریک مغولستان", "توغروغ منغولي", "₮"),
    "MOP": ("Macanese pataca", "Macanese patacas", "پاتاکای ماکائو", "باتاكا ماكاوي", "MOP$"),
    "MRU": ("Mauritanian ouguiya", "Mauritanian ouguiyas", "اوگوئیای موریتانی", "أوقية موريتانية", "أ.م."),
    "MUR": ("Mauritian rupee", "Mauritian rupees", "روپیهٔ موریس", "روبية موريشيوسية", "Rs"),
    "MVR": ("Maldivian rufiyaa", "Maldivian rufiyaas", "روپیهٔ مالدیو", "روفيه جزر المالديف", "Rf ރ."),
    "MWK": ("Malawian kwacha", "Malawian kwachas", "کواچای مالاوی", "كواشا مالاوي", "MK"),
    "MXN": ("Mexican peso", "Mexican pesos", "پزوی مکزیک", "بيزو مكسيكي", "$ $MX MX$"),
    "MYR": ("Malaysian ringgit", "Malaysian ringgits", "رینگیت مالزی", "رينغيت ماليزي", "RM"),
    "MZN": ("Mozambican metical", "Mozambican meticals", "متیکال موزامبیک", "متكال موزمبيقي", "MTn"),
    "NAD": ("Namibian dollar", "Namibian dollars", "دلار نامیبیا", "دولار ناميبي", "$"),
    "NGN": ("Nigerian naira", "Nigerian nairas", "نایرای نیجریه", "نايرا نيجيري", "₦"),
    "NIO": ("Nicaraguan córdoba", "Nicaraguan córdobas", "کوردوبای نیکاراگوئه", "قرطبة نيكاراغوا", "C$"),
    "NOK": ("Norwegian krone", "Norwegian kroner", "کرون نروژ", "كرونة نرويجية", "kr"),
    "NPR": ("Nepalese rupee", "Nepalese rupees", "روپیهٔ نپال", "روبية نيبالي", "नेरू"),
    "NZD": ("New Zealand dollar", "New Zealand dollars", "دلار زلاند نو", "دولار نيوزيلندي", "$ $NZ NZ$"),
    "OMR": ("Omani rial", "Omani rials", "ریال عمان", "ريال عماني", "ر.ع."),
    "PAB": ("Panamanian balboa", "Panamanian balboas", "بالبوای پاناما", "بالبوا بنمي", "B/."),
    "PEN": ("Peruvian sol", "Peruvian soles", "سول پرو", "سول بيروفي", "S/"),
    "PGK": (
        "Papua New Guinean kina",
        "Papua New Guinean kina",
        "کینای پاپوا گینهٔ نو",
        "كينا بابوا غينيا الجديدة",
        "",
    ),
    "PHP": ("Philippine peso", "Philippine pesos", "پزوی فیلیپین", "بيزو فلبيني", "₱"),
    "PKR": ("Pakistani rupee", "Pakistani rupees", "روپیهٔ پاکستان", "روبية باكستاني", "Rs"),
    "PLN": ("Polish zloty", "Polish zlotys", "زلوتی لهستان", "زلوتي بولندي", "zł"),
    "PYG": ("Paraguayan guarani", "Paraguayan guaranis", "گوارانی پاراگوئه", "غواراني باراغواي", "₲"),
    "QAR": ("Qatari riyal", "Qatari riyals", "ریال قطر", "ريال قطري", "ر.ق."),
    "RON": ("Romanian leu", "Romanian lei", "لئوی رومانی", "ليو روماني", ""),
    "RSD": ("Serbian dinar", "Serbian dinars", "دینار صربستان", "دينار صربي", ""),
    "RUB": ("Russian ruble", "Russian rubles", "روبل روسیه", "روبل روسي", "₽"),
    "RWF": ("Rwandan franc", "Rwandan francs", "فرانک رواندا", "فرنك رواندي", "RF"),
    "SAR": ("Saudi riyal", "Saudi riyals", "ریال سعودی", "ريال سعودي", "ر.س."),
    "SBD": (
        "Solomon Islands dollar",
        "Solomon Islands dollars",
        "دلار جزایر سلیمان",
        "دولار جزر سليمان",
        "$",
    ),
    "SCR": ("Seychellois rupee", "Seychellois rupees", "روپیهٔ سیشل", "روبية سيشيلية", "SR"),
    "SDG": ("Sudanese pound", "Sudanese pounds", "پوند سودان", "جنيه سوداني", "ج.س."),
    "SEK": ("Swedish krona", "Swedish kronor", "کرون سوئد", "كرونة سويدية", "kr"),
    "SGD": ("Singapore dollar", "Singapore dollars", "دلار سنگاپور", "دولار سنغافوري", "$"),
    "SHP": ("St. Helena pound", "St. Helena pounds", "پوند سنت هلن", "جنيه سانت هيلين", "£"),
    "SLE": ("Sierra Leonean leone", "Sierra Leonean leones", "لئون سیرالئون", "ليون سيراليوني", "Le"),
    "SOS": ("Somali shilling", "Somali shillings", "شیلینگ سومالی", "شلن صومالي", ""),
    "SRD": ("Surinamese dollar", "Surinamese dollars", "دلار سورینام", "دولار سورينامي", "$"),
    "SSP": ("South Sudanese pound", "South Sudanese pounds", "پوند سودان جنوبی", "جنيه جنوب السودان", "£"),
    "STN": (
        "São Tomé & Príncipe dobra",
        "São Tomé & Príncipe dobras",
        "دوبرای سائوتومه و پرنسیپ",
        "دوبرا ساو تومي وبرينسيبي",
        "Db",
    ),
    "SYP": ("Syrian pound", "Syrian pounds", "لیرهٔ سوریه", "ليرة سورية", "ل.س."),
    "SZL": ("Swazi lilangeni", "Swazi emalangeni", "لیلانگنی سوازیلند", "ليلانجيني سوازيلندي", ""),
    "THB": ("Thai baht", "Thai baht", "بات تایلند", "باخت تايلاندي", "฿"),
    "TJS": ("Tajikistani somoni", "Tajikistani somonis", "سامانی تاجیکستان", "سوموني طاجيكستاني", ""),
    "TMT": ("Turkmenistani manat", "Turkmenistani manat", "منات ترکمنستان", "مانات تركمانستان", ""),
    "TND": ("Tunisian dinar", "Tunisian dinars", "دینار تونس", "دينار تونسي", "د.ت."),
    "TOP": ("Tongan paʻanga", "Tongan paʻanga", "پاآنگای تونگا", "بانغا تونغا", "T$"),
    "TRY": ("Turkish lira", "Turkish Lira", "لیرهٔ ترکیه", "ليرة تركية", "₺"),
    "TTD": (
        "Trinidad & Tobago dollar",
        "Trinidad & Tobago dollars",
        "دلار ترینیداد و توباگو",
        "دولار ترينداد وتوباغو",
        "$",
    ),
    "TWD": ("New Taiwan dollar", "New Taiwan dollars", "دلار جدید تایوان", "دولار تايواني", "$ NT$"),
    "TZS": ("Tanzanian shilling", "Tanzanian shillings", "شیلینگ تانزانیا", "شلن تنزاني", "TSh"),
    "UAH": ("Ukrainian hryvnia", "Ukrainian hryvnias", "هریونیای اوکراین", "هريفنيا أوكراني", "₴"),
    "UGX": ("Ugandan shilling", "Ugandan shillings", "شیلینگ اوگاندا", "شلن أوغندي", "USh"),
    "USD": ("US dollar", "US dollars", "دلار آمریکا", "دولار أمريكي", "$ US$"),
    "UYU": ("Uruguayan peso", "Uruguayan pesos", "پزوی اوروگوئه", "بيزو اوروغواي", "$"),
    "UZS": ("Uzbekistani som", "Uzbekistani som", "سوم ازبکستان", "سوم أوزبكستاني", "soʻm"),
    "VES": ("Venezuelan bolívar", "Venezuelan bolívars", "بولیوار ونزوئلا", "بوليفار فنزويلي", "Bs.S"),
    "VND": ("Vietnamese dong", "Vietnamese dong", "دانگ ویتنام", "دونج فيتنامي", "₫"),
    "VUV": ("Vanuatu vatu", "Vanuatu vatus", "واتوی وانوواتو", "فاتو فانواتو", "VT"),
    "WST": ("Samoan tala", "Samoan tala", "تالای ساموا", "تالا ساموا", "WS$"),
    "XAF": (
        "Central African CFA franc",
        "Central African CFA francs",
        "فرانک CFA مرکز افریقا",
        "فرنك وسط أفريقي",
        "FCFA",
    ),
    "XCD": (
        "East Caribbean dollar",
        "East Caribbean dollars",
        "دلار شرق کارائیب",
        "دولار شرق الكاريبي",
        "$ $EC EC$",
    ),
    "XCG": ("Caribbean guilder", "Caribbean guilders", "گیلدر کارائیب", "غيلدر كاريبي", "Cg."),
    "XOF": (
        "West African CFA franc",
        "West African CFA francs",
        "فرانک CFA غرب افریقا",
        "فرنك غرب أفريقي",
        "FCFA فرانکCFA",
    ),
    "XPF": ("CFP franc", "CFP francs", "فرانک اقیانوسیه", "فرنك سي إف بي", "CFPF FCFP"),
    "YER": ("Yemeni rial", "Yemeni rials", "ریال یمن", "ريال يمني", "ر.ي."),
    "ZAR": ("South African rand", "South African rand", "راند افریقای جنوبی", "راند جنوب أفريقيا", ""),
    "ZMW": ("Zambian kwacha", "Zambian kwachas", "کواچای زامبیا", "كواشا زامبي", ""),
    "ZWG": ("Zimbabwean gold", "Zimbabwean gold", "طلای زیمبابوه", "ذهب زيمبابوي", ""),
}
"""The currencies in use: the English name of one and of many, the Persian, the Arabic, and signs."""

CODES_KNOWN = frozenset(
    ("AUD BRL CAD CNY EUR GBP HKD ILS INR JPY KRW MXN NZD PHP TWD USD VND XAF XCD XCG XOF XPF").split()
)
"""The codes of the currencies that have a sign in English: its readers know them."""
