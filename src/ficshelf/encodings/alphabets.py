"""The letters beyond ASCII of the languages that people write stories in, the most frequent first.

Put together from what every grammar lists and ordered by hand: only the order matters, and only roughly.
"""

from __future__ import annotations

import math

WESTERN = {
    "english": "éïèñçöêüàâôáîíóäæœëûø",
    "french": "éèàêçâùôîûœïëüæ",
    "german": "üäößéàê",
    "spanish": "áíóéñúü",
    "portuguese": "ãáçéóêíõúâàôü",
    "italian": "èàùòìéîó",
    "dutch": "éëïóèüöêá",
    "swedish": "äåöéàü",
    "danish": "æøåéöäü",
    "finnish": "äöåéš",
    "icelandic": "áðíóéöþúæý",
    "estonian": "äõüöšž",
}
CENTRAL = {
    "polish": "łęąóżśćźń",
    "czech": "íáěéřýčžšůúňťďó",
    "slovak": "áíéčýžšúľťňôäďóĺŕ",
    "hungarian": "áéőóöíüúű",
    "croatian": "šžčćđ",
    "romanian": "ăîâşţ",
}
TURKISH = {"turkish": "ıüşğçöâîûi̇"}
CYRILLIC = {
    "russian": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъ",
    "ukrainian": "оанивіетрсклудмпяьзгйбчхїцюжшєщфґё",
    "bulgarian": "аоиентрсвлкдпмзуябгчъщхцжшйюфь",
}
GREEK = {"greek": "αοιετσνηυρπκμλςωδγχθφβξζψάέήίόύώϊϋΐΰ"}
HEBREW = {"hebrew": "יוהלאברמתשנםדעחקפגכטסזצןךףץ"}

# The characters that a third to two thirds of any text in the language consists of.
KANA = (
    "のにはてをとたがでしいなっらもれるかすくこあだまりうきさよけどんつちみえじめせわおやばそぶべふほろ"
    + "ンスーリトアルッイラドシジレテクマカプ"
)
COMMON = {
    "japanese": KANA + "人一日言見私彼何時思自分手前出来気目中上女子行大者間後今本当話声",
    "chinese": "的一是不了我在他有人这上们来到个大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小"
    "多然于心学么"
    "之都好看起发当没成只如事把还用第样道想作种开美总从无情己面最女但现前些所同日手又行意动方期它头经长儿"
    "回位分爱老因很给名法间"
    "问什让身眼声笑走知点听见话吗吧呢啊被跟怎真再却已",
    "traditional": "的一是不了我在他有人這上們來到個大地為子中你說生國年著就那和要她出也得裡後自以會家可下而過天去能對"
    "小多然於心學麼之都好看起發當沒成只如事把還用第樣道想作種開美總從無情己面最女但現前些所同日手又行意動方期它頭經長兒"
    "回位分愛老因很給名法間"
    "問什讓身眼聲笑走知點聽見話嗎吧呢啊被跟怎真再卻已",
    "korean": "이다는을가에고의하은지도를기나서리그한어사자로아있인들라게으것수해니시대정었만있보그전장말없일부안면"
    "러지않마내을여때"
    "습니까요오우무던눈음려였생각너거야네까워더",
}
SIGNS_OF_EAST = "、。「」『』・ー！？，：；（）《》“”…—〜～　"


def _weights(letters: str) -> dict[str, float]:
    return {letter: max(-0.3, 1.4 - 0.5 * math.log(1 + place)) for place, letter in enumerate(letters)}


WEIGHTS = {
    name: _weights(letters)
    for family in (WESTERN, CENTRAL, TURKISH, CYRILLIC, GREEK, HEBREW)
    for name, letters in family.items()
}
WEIGHTS["english"] = dict.fromkeys(WESTERN["english"], 0.3)  # it has few, and borrows them from everywhere
