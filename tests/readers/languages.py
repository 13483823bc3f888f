"""Sentences of our own in many languages, as they stand in stories, and files made of them in every encoding."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

SENTENCES = {
    "english, quotes alone": """“I don’t know,” she said, “and I won’t ask.”
It wasn’t the captain’s voice… not quite.
He’d waited — for hours, he thought — and nobody’d come.
“You’re late.” “I’m not.” “You are, and it’s raining.”
The door closed; there wasn’t a sound in the whole ship.
They couldn’t go back, and they both knew it’d never been an option.
“Well,” said the doctor, “that’s that, isn’t it?”
She laughed—she couldn’t help it—and then she cried.
Nothing moved on the hill, and the fire burnt low.
“Run!” he shouted. “Don’t look back, just run…”""",
    "english, accents alone": """They met in the café behind the old theatre, as they always had.
His fiancée was naïve, but nobody's fool.
She left her résumé on the desk and went out into the rain.
It was a cliché, he knew, and he said it anyway.
The soup was cold and the crème brûlée was burnt.
Zoë put the letter away without reading it.
The road went on and on, and there was no inn anywhere.
Éowyn did not answer him; there was no answer to give.
She was the protégée of a man who had none left.
The façade of the house had fallen in years ago.""",
    "french": """Il n’était pas là, et elle le savait déjà.
— Où étais-tu ? demanda-t-elle à voix basse.
« Je ne peux pas rester », répondit-il en fermant la fenêtre.
La forêt était noire, et le château brûlait derrière eux.
Elle l’aimait peut-être, mais ça n’avait plus d’importance.
Ça suffit, dit le capitaine, nous partons à l’aube.
Le garçon avait reçu une lettre étrange, signée par sa mère.
Même après toutes ces années, il rêvait encore du même été.
À côté de la cheminée, le chien dormait sans bruit.
Noël approchait, et personne n’avait écrit.""",
    "german": """Er wusste nicht, was er darauf hätte sagen können.
„Wo warst du?“, fragte sie und schloss die Tür.
Draußen war es kalt, und über den Dächern lag Schnee.
Sie hörte ihn erst, als er schon vor ihr stand.
Das Mädchen lächelte müde und ließ die Hände sinken.
Übermorgen würde alles anders sein, hoffte er.
Der große Hund lief über die Straße und blieb stehen.
„Natürlich“, sagte Jürgen, „früher oder später musste es so kommen.“
Niemand hatte den Schlüssel gefunden.
Ärger gab es später genug, aber nicht in dieser Nacht.""",
    "spanish": """¿Dónde estabas?, preguntó ella sin levantar la mirada.
No sé qué decirte, contestó él después de un largo silencio.
La niña corrió hacia el jardín y allí se quedó.
¡Qué frío hacía aquella mañana en la montaña!
Él había prometido que volvería, pero nadie le creyó.
—Mañana será otro día —dijo el capitán.
El corazón le latía más rápido que nunca.
Todavía soñaba con aquel año en el que todo cambió.
Según la carta, también ella se había marchado.
Nadie más sabía lo que ocurrió después.""",
    "portuguese": """Não sei o que dizer, respondeu ela em voz baixa.
O coração dele batia mais rápido do que nunca.
— Onde você estava? — perguntou a mãe.
Amanhã será outro dia, pensou o capitão.
A lição era simples, mas ninguém a aprendeu.
Ele já não tinha esperança de encontrá-la.
As crianças brincavam no jardim até escurecer.
Três vezes ele chamou, e três vezes ninguém respondeu.
Às vezes, à noite, ouvia-se o mar.
É verdade, disse o irmão, então já não há razão para ficar.""",
    "italian": """Perché non me l’hai detto prima?, chiese lei.
La città era già buia quando arrivarono.
Non c’è più niente da fare, disse il capitano.
Lui sapeva che non sarebbe più tornata, però aspettò.
«Così non può andare», pensò, e chiuse la porta.
È vero, rispose, ma chi lo dirà a tua madre?
Lunedì la neve cominciò a cadere, e non smise più.
Laggiù, oltre il fiume, c’era la libertà.
Il ragazzo guardò l’orologio ancora una volta.
Quell’anno l’estate finì presto.""",
    "swedish": """Hon visste inte vad hon skulle säga.
”Var har du varit?” frågade han och stängde dörren.
Utanför föll snön över de mörka träden.
Han gick långsamt över bron mot den gamla kyrkan.
Allting blev tyst när hon började sjunga.
Hon hörde honom först när han redan stod där.
”Jag älskar dig”, sade hon, men för sent.
Åren gick, och ingen frågade längre efter dem.
Pojken höll brevet i handen hela vägen hem.
Det var då de såg ljuset på andra sidan ån.""",
    "polish": """Nie wiedział, co jej odpowiedzieć, więc milczał.
— Gdzie byłeś? — zapytała i zamknęła drzwi.
Śnieg padał przez całą noc, a rano było zupełnie cicho.
Dziewczyna uśmiechnęła się i położyła rękę na stole.
Żaden z nich nie chciał wracać do zamku.
Łódź płynęła powoli wzdłuż brzegu rzeki.
Może jutro będzie inaczej, pomyślał kapitan.
Pies leżał przed kominkiem i śnił o dawnych czasach.
Ktoś zapukał; nikt się nie poruszył.
Życie toczyło się dalej, jakby nic się nie stało.""",
    "czech": """Nevěděla, co mu má říct, a tak mlčela.
„Kde jsi byl?“ zeptala se a zavřela dveře.
Venku padal sníh a nad střechami bylo ticho.
Děvče se usmálo a položilo ruku na stůl.
Žádný z nich se nechtěl vrátit do zámku.
Loďka plula pomalu podél břehu řeky.
Snad bude zítra líp, pomyslel si kapitán.
Pes ležel u krbu a snil o starých časech.
Někdo zaklepal; nikdo se ani nepohnul.
Život šel dál, jako by se nic nestalo.""",
    "hungarian": """Nem tudta, mit mondjon neki, ezért hallgatott.
– Hol voltál? – kérdezte, és becsukta az ajtót.
Egész éjjel hullott a hó, reggelre minden elcsendesült.
A lány elmosolyodott, és az asztalra tette a kezét.
Egyikük sem akart visszatérni a kastélyba.
A csónak lassan úszott a folyó partja mentén.
Talán holnap jobb lesz, gondolta a kapitány.
A kutya a tűz előtt feküdt, és a régi időkről álmodott.
Valaki kopogott; senki sem mozdult.
Őszintén szólva már semmi sem lepte meg őt.""",
    "turkish": """Ona ne söyleyeceğini bilmiyordu, bu yüzden sustu.
“Neredeydin?” diye sordu kız ve kapıyı kapattı.
Bütün gece kar yağdı, sabah her şey sessizdi.
Çocuk gülümsedi ve elini masaya koydu.
Hiçbiri şatoya dönmek istemiyordu.
Kayık ırmağın kıyısı boyunca ağır ağır ilerliyordu.
Belki yarın daha iyi olur, diye düşündü kaptan.
Köpek ocağın önünde yatıyor, eski günleri düşlüyordu.
Biri kapıyı çaldı; kimse kımıldamadı.
İşte böyle bitti, çünkü başka yolu yoktu.""",
    "russian": """Он не знал, что ей ответить, и поэтому молчал.
— Где ты был? — спросила она и закрыла дверь.
Всю ночь шёл снег, а утром стало совсем тихо.
Девушка улыбнулась и положила руку на стол.
Никто из них не хотел возвращаться в замок.
Лодка медленно плыла вдоль берега реки.
Может быть, завтра будет лучше, подумал капитан.
Собака лежала у огня и видела сны о старых временах.
Кто-то постучал; никто даже не шевельнулся.
«Это ещё не конец», — сказал он, но никто ему не поверил.""",
    "ukrainian": """Він не знав, що їй відповісти, і тому мовчав.
— Де ти був? — запитала вона й зачинила двері.
Цілу ніч падав сніг, а вранці стало зовсім тихо.
Дівчина усміхнулася і поклала руку на стіл.
Ніхто з них не хотів повертатися до замку.
Човен повільно плив уздовж берега річки.
Може, завтра буде краще, подумав капітан.
Собака лежав біля вогню і бачив сни про давні часи.
Хтось постукав; ніхто навіть не ворухнувся.
Її ім’я він пам’ятав іще довго, бо так їхня історія почалася.""",
    "greek": """Δεν ήξερε τι να της πει, και γι’ αυτό σώπαινε.
«Πού ήσουν;» ρώτησε εκείνη και έκλεισε την πόρτα.
Όλη τη νύχτα έπεφτε χιόνι, και το πρωί όλα ήταν ήσυχα.
Η κοπέλα χαμογέλασε και έβαλε το χέρι της στο τραπέζι.
Κανένας τους δεν ήθελε να γυρίσει στο κάστρο.
Η βάρκα έπλεε αργά δίπλα στην όχθη του ποταμού.
Ίσως αύριο να είναι καλύτερα, σκέφτηκε ο καπετάνιος.
Ο σκύλος κοιμόταν μπροστά στη φωτιά.
Κάποιος χτύπησε· κανείς δεν κουνήθηκε.
Έτσι τελείωσε εκείνο το καλοκαίρι, χωρίς άλλη λέξη.""",
    "japanese": """彼女は何も言わなかった。
「どこに行っていたの」と彼は聞いた。
夜の間ずっと雪が降り、朝にはとても静かだった。
少女は笑って、手を机の上に置いた。
誰も城に帰りたくなかった。
小さな船は川の岸に沿ってゆっくり進んだ。
明日はきっともっと良くなる、と船長は思った。
犬は火の前で眠り、昔の夢を見ていた。
誰かがドアをたたいたが、誰も動かなかった。
「まだ終わりじゃない」と言ったけれど、信じる人はいなかった。""",
    "chinese": """她不知道该对他说什么，所以没有说话。
“你去哪里了？”他一边问，一边关上了门。
雪下了一整夜，早上什么声音也没有。
女孩笑了笑，把手放在桌子上。
他们谁也不想回到那座城里去。
小船沿着河边慢慢地走着。
也许明天会好一点，船长心里想。
狗睡在火前面，梦见了从前的日子。
有人敲门，可是没有人动。
“这还不是结束。”他说，但是没有人相信他。""",
    "chinese, traditional": """她不知道該對他說什麼，所以沒有說話。
「你去哪裡了？」他一邊問，一邊關上了門。
雪下了一整夜，早上什麼聲音也沒有。
女孩笑了笑，把手放在桌子上。
他們誰也不想回到那座城裡去。
小船沿著河邊慢慢地走著。
也許明天會好一點，船長心裡想。
狗睡在火前面，夢見了從前的日子。
有人敲門，可是沒有人動。
「這還不是結束。」他說，但是沒有人相信他。""",
    "korean": """그녀는 무슨 말을 해야 할지 몰라서 아무 말도 하지 않았다.
“어디 있었어?” 그가 물으며 문을 닫았다.
밤새 눈이 내렸고 아침에는 아주 조용했다.
소녀는 웃으며 손을 탁자 위에 올려놓았다.
그들 중 누구도 성으로 돌아가고 싶지 않았다.
작은 배는 강을 따라 천천히 흘러갔다.
내일은 더 나아질 거야, 하고 선장은 생각했다.
개는 불 앞에서 자면서 옛날 꿈을 꾸었다.
누군가 문을 두드렸지만 아무도 움직이지 않았다.
“아직 끝이 아니야.” 그가 말했지만 아무도 믿지 않았다.""",
}

_WESTERN = ("french", "german", "spanish", "portuguese", "italian", "swedish")
_ENGLISH = ("english, quotes alone", "english, accents alone")
WRITTEN_IN = {
    "cp1252": (*_ENGLISH, *_WESTERN),
    "iso8859-1": ("english, accents alone", *_WESTERN),
    "iso8859-15": ("english, accents alone", *_WESTERN),
    "mac_roman": (*_ENGLISH, *_WESTERN),
    "cp437": ("english, accents alone", "french", "german", "spanish", "italian", "swedish"),
    "cp850": ("english, accents alone", *_WESTERN),
    "cp1250": ("polish", "czech", "hungarian"),
    "iso8859-2": ("polish", "czech", "hungarian"),
    "cp1254": ("turkish",),
    "koi8_r": ("russian",),
    "cp1251": ("russian", "ukrainian"),
    "cp866": ("russian",),
    "mac_cyrillic": ("russian",),
    "cp1253": ("greek",),
    "cp932": ("japanese",),
    "euc_jp": ("japanese",),
    "iso2022_jp": ("japanese",),
    "gb18030": ("chinese",),
    "hz": ("chinese",),
    "big5": ("chinese, traditional",),
    "cp949": ("korean",),
    "utf-16-le": ("english, quotes alone", "french", "russian", "japanese"),
    "utf-16-be": ("english, quotes alone", "french", "russian", "japanese"),
    "utf-16": ("english, quotes alone", "russian", "chinese"),
    "utf-32": ("english, quotes alone", "russian"),
    "utf-8": tuple(SENTENCES),
}
SIZES = (200, 500, 2_000, 20_000)  # characters
_SEVERAL = 2  # files of each size
# What a keyboard of the time has where an encoding lacks a sign.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "—": "-", "–": "-", "…": "...", "«": '"', "»": '"'}
)


class File(NamedTuple):
    """A file whose text is known."""

    language: str
    encoding: str
    text: str
    data: bytes


def files(encoding: str, seed: int = 0) -> Iterator[File]:
    """Files of every size in one encoding; each holds at least one letter beyond ASCII."""
    chance = random.Random(f"{encoding} {seed}")
    for language in WRITTEN_IN[encoding]:
        sentences = SENTENCES[language].split("\n")
        for size in SIZES:
            for _ in range(_SEVERAL):
                text = _story(sentences, size, chance)
                try:
                    data = text.encode(encoding)
                except UnicodeEncodeError:
                    text = text.translate(_PLAIN)
                    data = text.encode(encoding, "ignore")
                    text = data.decode(encoding)
                yield File(language, encoding, text, data)


def _story(sentences: list[str], size: int, chance: random.Random) -> str:
    lines: list[str] = []
    length = 0
    while length < size or "".join(lines).isascii():
        many = chance.randint(1, 4)
        lines.append(" ".join(chance.choices(sentences, k=many)))
        length += len(lines[-1]) + 2
    return "\n\n".join(lines) + "\n"
