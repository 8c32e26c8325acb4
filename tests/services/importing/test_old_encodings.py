"""Old encodings are told apart by the words that they make, or the doubt is said: never are wrong letters taken in silence."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from amounts import small_and_large
from import_making import ImportDesk

from leadtui.domain.importing import ImportOptions
from leadtui.services.importing.encoding import recognise_encoding
from leadtui.services.importing.running import import_files
from leadtui.services.importing.sheet import Reading, open_sheet

Write = Callable[..., Path]
Sample = Callable[[str], Path]

WORDS = {
    "pl": "Łukasz Wiśniewski|Zofia Dąbrowska|Gdańsk|Łódź|Małgorzata Wójcik|Paweł Szymański|Imię i nazwisko|Święty Krzyż|Częstochowa|Żaneta",
    "cs": "Jiří Dvořák|Lukáš Procházka|Božena Němcová|Příjmení|Jméno|Plzeň|České Budějovice|Ústí nad Labem|Růžena Šťastná|zítra večer",
    "hu": "Kovács Gábor|Szűcs Eszter|Név|Győr|Székesfehérvár|Őrsi László|Kőszegi Ágnes|Dömötör Zoltán|hívja vissza később",
    "ro": "Ştefan Popa|Ionuţ Brătianu|Ţăndărei|Iaşi|Bucureşti|Mureşan Cătălin|Constanţa|Nume şi prenume|Adresă|Oraş",
    "sh": "Željko Marić|Ivana Đurđević|Šibenik|Karlović Goran|Branko Šimić|Ćiril Petrović|Ime i prezime|Čakovec|Broj računa|Đakovo",
    "sk": "Ľudovít Štúr|Ján Kováč|Žilina|Košice|Ľubica Šimková|Trenčín|Poznámka|dohodnuté stretnutie|Nové Mesto nad Váhom",
    "de": "Jürgen Müller|Straße|München|Björn Schäfer|Köln|Änne Weiß|Rückruf erwünscht|Düsseldorf",
    "fr": "François Lefèvre|Prénom|Téléphone|Orléans|Hélène Côté|Besançon|Société Générale|à rappeler demain matin",
    "es": "José Núñez|Dirección|Teléfono|Begoña Ibáñez|Málaga|Año|Compañía|llamar mañana",
    "pt": "João Conceição|São Paulo|Endereço|Observações|Patrícia Gonçalves|Florianópolis|não ligar",
    "sv": "Åsa Lindström|Göteborg|Malmö|Björn Åkesson|Växjö|Håkan Öberg",
    "da": "Søren Kjær|Århus|Jørgen Nørgaard|København|Åse Løkke|Sønderborg",
    "fi": "Päivi Mäkinen|Jyväskylä|Väinö Hämäläinen|Hyvinkää|Yrjö Mäkelä",
    "is": "Guðrún Þorsteinsdóttir|Reykjavík|Sigurður Ólafsson|Ísafjörður|Þórður",
    "it": "Città|Nicolò Forlì|Perché no|Società Agricola|Cefalù|già cliente",
    "nl": "Noël Daniëls|België|Zoë de Vries|Cliënt|financiële dienst",
    "tr": "Ayşe Yıldız|Çağrı Şahin|İstanbul|Eskişehir|Ümit Öztürk|Gülşen Doğan|Muğla|Diyarbakır|İsim|Adı Soyadı|yarın arayın",
    "lt": "Žydrūnas Karčiauskas|Vardas pavardė|Šiauliai|Panevėžys|Giedrė Jonaitienė|Telšių rajonas|ąžuolas",
    "lv": "Jānis Bērziņš|Līga Kalniņa|Rīga|Daugavpils Šķūņu iela|Vārds un uzvārds|Jūrmala|Kristīne Liepiņa",
    "et": "Jüri Õunapuu|Pärnu|Tõnu Mägi|Võru|Õie Sööt|Jõhvi",
    "ru": "Сергей Иванов|Мария Петрова|Имя|Телефон|Санкт-Петербург|Ольга Щербакова|Екатеринбург|перезвонить завтра|Дмитрий Фёдоров",
    "uk": "Олександр Шевченко|Київ|Ім'я|Львів|Наталія Бондаренко|Їжакевич Юрій|Запоріжжя|Зателефонувати",
    "bg": "Георги Димитров|София|Пловдив|Име|Йорданка Стоянова|Търговище|Бележка",
    "sr": "Ђорђе Јовановић|Београд|Ниш|Љубица Његош|Име и презиме|Чачак",
    "el": "Γιώργος Παπαδόπουλος|Αθήνα|Θεσσαλονίκη|Όνομα|Τηλέφωνο|Ελένη Νικολάου|Ηράκλειο|Διεύθυνση|Άννα Δημητρίου",
    "he": "דוד כהן|תל אביב|שם פרטי|ירושלים|רחל לוי|טלפון|חיפה|לחזור מחר",
    "ar": "محمد الإبراهيمي|القاهرة|سارة علي|الاسم|رقم الهاتف|مكة المكرمة|أحمد حسين|فاطمة الزهراء|العنوان|بغداد",
    "fa": "علي رضايي|تهران|سارا محمدي|نام و نام خانوادگي|شماره تماس|اصفهان|زهرا کريمي|پژمان چگيني|شيراز|تماس بگيريد|مهدي گلپايگاني",
    "ur": "محمد عمران|لاہور|نام|کراچي|شہزاد احمد|پتہ|فون نمبر|راولپنڈي",
    "th": "สมชาย ใจดี|กรุงเทพมหานคร|ชื่อ|เบอร์โทร|เชียงใหม่|นามสกุล",
    "vi": "Nguyễn Văn Hùng|Trần Thị Hồng|Đà Nẵng|Họ và tên|Số điện thoại|Địa chỉ",
    "zh": "王伟|李娜|姓名|电话|北京市|张秀英|备注|上海市浦东新区|刘洋|公司|客户名称|广东省深圳市",
    "zh_Hant": "陳怡君|林志明|姓名|電話|台北市|張淑芬|備註|高雄市前鎮區|黃雅婷|公司|客戶名稱|新竹縣",
    "ja": "佐藤太郎|鈴木花子|氏名|電話番号|東京都新宿区|タナカ イチロウ|株式会社さくら|大阪府|備考|田中さん|住所",
    "ko": "김민수|이영희|이름|전화번호|서울특별시|부산광역시|박지훈|회사명|비고",
}
"""Names of people and places, titles of columns and short notes, in the languages that had encodings of their own."""

WESTERN = "cp1252 mac_roman cp850"
CENTRAL = "cp1250 iso8859-2 cp852 mac_latin2"
ENCODINGS = {
    **dict.fromkeys("de fr es pt it nl sv da fi is".split(), WESTERN),
    **dict.fromkeys("pl cs hu sk".split(), CENTRAL),
    **dict.fromkeys(("ro", "sh"), "cp1250 iso8859-2 cp852"),
    "tr": "cp1254 iso8859-9 cp857 mac_turkish",
    "lt": "cp1257",
    "lv": "cp1257",
    "et": "cp1257 cp1252",
    "ru": "cp1251 koi8-r cp866 iso8859-5 mac_cyrillic",
    "uk": "cp1251 koi8-u mac_cyrillic",
    "bg": "cp1251 koi8-r",
    "sr": "cp1251",
    "el": "cp1253 iso8859-7 mac_greek",
    "he": "cp1255 iso8859-8",
    "ar": "cp1256 iso8859-6 mac_arabic",
    "fa": "cp1256 mac_arabic",
    "ur": "cp1256",
    "th": "cp874",
    "vi": "cp1258",
    "zh": "gbk gb18030",
    "zh_Hant": "big5",
    "ja": "cp932 euc_jp",
    "ko": "cp949 euc_kr",
}

MATRIX = [(language, codec) for language, codecs in ENCODINGS.items() for codec in codecs.split()]
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def written(word: str, codec: str) -> str:
    """The word in the letters that an encoding has."""
    if codec == "cp1258":  # which writes the tones of Vietnamese apart
        return "".join(_with_tone_apart(letter) for letter in word)
    return word.encode(codec, "replace").decode(codec)


def _with_tone_apart(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return base + "".join(part for part in parts if part in _TONES)


def tables(language: str, codec: str, cells: int, number: int) -> Iterator[str]:
    """So many tables of a few cells, and the same ones each time."""
    chance = random.Random(f"{language} {codec} {cells}")
    words = WORDS[language].split("|")
    for _ in range(number):
        chosen = chance.sample(words, min(cells, len(words)))
        yield "Name,Phone\n" + "".join(f"{written(word, codec)},0301234567\n" for word in chosen)


@pytest.mark.parametrize(
    ("language", "codec"), MATRIX, ids=[f"{language}-{codec}" for language, codec in MATRIX]
)
@small_and_large("tables", 1, 4)
def test_letters_are_right_or_doubtful(write: Write, language: str, codec: str, amount: int) -> None:
    for cells in (1, 2, 3, 5, 9):
        for text in tables(language, codec, cells, amount):
            path = write(text, encoding=codec)
            recognised = recognise_encoding(path)
            read = path.read_bytes().decode(recognised.codec, "replace")
            assert read == text or recognised.doubt is not None, (recognised.codec, read)


WINDOWS = [
    (language, codec) for language, codec in MATRIX if codec.startswith(("cp12", "cp9", "gb", "big5", "koi8"))
]


@pytest.mark.parametrize(
    ("language", "codec"), WINDOWS, ids=[f"{language}-{codec}" for language, codec in WINDOWS]
)
def test_a_whole_table_is_read_right(write: Write, language: str, codec: str) -> None:
    text = "\n".join(written(word, codec) for word in WORDS[language].split("|"))
    path = write(text, encoding=codec)
    assert path.read_bytes().decode(recognise_encoding(path).codec) == text


def test_a_doubt_shows_how_each_encoding_reads_the_cells(write: Write) -> None:
    path = write("Name,City\nMarek,Ciechanów\n", encoding="mac_latin2")
    (doubt,) = open_sheet(path).doubts
    likelier = doubt.choices[0]
    assert doubt.examples == (path.read_bytes().decode(likelier.value).split("\n")[1].split(",")[1],)
    assert "mac_latin2" in [choice.value for choice in doubt.choices]
    assert any("“Ciechanów”" in choice.words for choice in doubt.choices)
    assert f"--encoding {doubt.choices[1].value}" in doubt.sentence()
    assert open_sheet(path, Reading(encoding="mac_latin2")).doubts == ()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", list(WORDS))
def test_unicode_leaves_no_doubt(write: Write, language: str, codec: str) -> None:
    words = WORDS[language].split("|")
    path = write("Name,Phone\n" + "".join(f"{word},0301234567\n" for word in words), encoding=codec)
    sheet = open_sheet(path)
    assert [row.cells[0] for row in sheet.rows] == words
    assert sheet.doubts == ()


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("enc_cp1254_tr.csv", {"+902121234567": "Ayşe Yıldız", "+902121234568": "Çağrı Şahin"}),
        ("enc_cp1250_pl.csv", {"+48221234567": "Łukasz Wiśniewski", "+48221234568": "Zofia Dąbrowska"}),
        ("enc_koi8.csv", {"+74951234567": "Сергей Иванов", "+74951234568": "Мария Петрова"}),
    ],
)
def test_names_come_in_as_they_were_written(
    office: ImportDesk, sample: Sample, name: str, people: dict[str, str]
) -> None:
    import_files(office.session, [sample(f"cases/{name}")], ImportOptions())
    assert {number: office.lead(number).name for number in people} == people
