"""What gates, errors and interstitials say, in the languages that archives speak. One line of a page at a time."""

from __future__ import annotations

import re

_AGE = r"(?:1[3-9]|2[01]|eighteen|twenty-one)"
_THING = (
    r"(?:page|file|url|document|object|stor(?:y|ies)|works?|chapter|fiction|fic|entry|topic|board|post|thread|user|"
    r"journal|resource|account|domain|address|member|message|content)"
)

# The order is the order in which they count where a page says several.
_PHRASES: dict[str, str] = {
    "page that was not archived": (
        r"wayback machine (?:has not|hasn't|doesn't have|does not have) |excluded from the wayback|"
        r"(?:crawled or )?displayed due to robots\.txt|blocked by (?:the )?(?:site'?s? )?robots"
    ),
    "robot check": (
        r"checking your browser before|verify(?:ing)? (?:that )?you are (?:a )?human|not a robot|"
        r"complete the captcha|"
        r"unusual traffic from|review the security of your connection|^attention required!|"
        r"sorry, you have been blocked|"
        r"are you (?:a |really )?(?:human|a robot)\?|security check to access|ddos protection by|press (?:and|"
        r"&) hold|"
        r"cloudflare ray id|^just a moment\W*$|access to this page has been denied|please solve (?:this|the) captcha|"
        r"making sure you(?:'re| are) not a bot|ddos-guard|"
        r"vérifiez que vous êtes humain|vérification (?:de votre navigateur|que vous êtes)|bist du ein mensch|"
        r"dass (?:sie|du) (?:ein mensch|kein (?:ro)?bot)|(?:no eres|no es|não é|non sei|n'êtes pas) un (?:ro)?bot|"
        r"(?:não é|nie jesteś) (?:um )?(?:ro)?bot|(?:tráfico|tráfego|traffico|trafic) "
        r"(?:inusual|inhabitual|incomum|insolito)|"
        r"(?:überprüfung (?:ihres|deines|des)|browser wird überprüft|überprüfen,? (?:ob|dass)) "
        r".{0,20}(?:browser|mensch)|"
        r"(?:comprobando|verificando) (?:que eres|si eres|(?:tu|su|seu|o) navegador)|"
        r"(?:verifica|controllo) del browser|"
        r"\b(?:вы|я) не робот|проверка (?:вашего )?браузера|защита от ddos|"
        r"sprawdzanie (?:twojej )?przeglądarki|"
        r"正在检查您的浏览器|正在验证您是否是真人|人机验证|あなたが人間であることを確認|봇이 아님"
    ),
    "blocked page": (
        r"access to (?:this|the) (?:requested )?(?:web ?)?(?:page|site|website|url) (?:is|has been|was) "
        r"(?:restricted|blocked|denied)|(?:category|categories)\b.{0,100} (?:is|are|has been) (?:filtered|blocked)|"
        r"(?:page|site|website|url|request) (?:has been|is|was) (?:blocked|filtered) (?:by|under|due|because)|"
        r"blocked by your (?:\w+ ){0,3}(?:administrator|provider|organi[sz]ation|policy|filter)|"
        r"content (?:filter|gateway)|web ?filter|violates? (?:the|your|our) (?:internet|acceptable) use policy"
    ),
    "page without its scripts": (
        r"(?:enable|turn on|activate|have|without|requires?|need) (?:java ?script|js)\b|"
        r"java ?script (?:is (?:not available|disabled|required|turned off|off)|must be enabled)|turn javascript on|"
        r"java ?script (?:aktivieren|activer)|activez javascript|bitte javascript"
    ),
    "age check": (
        r"could have adult content|adult content (?:warning|notice)|"
        rf"must be (?:at least |over )?{_AGE}\b|(?:over|under|above|below|at least) (?:the age of )?{_AGE}\b|"
        rf"\b{_AGE} years (?:of age|old)|{_AGE}(?: years)? or (?:older|over)|"
        r"age of (?:consent|majority)|age consent|(?:of )?legal age|appropriate for adults|viewed with discretion|"
        r"contains? (?:mature|adult|explicit)|adults only|warnings for stories with adult|"
        r"(?:plus|moins) de 1[68] ans|\bmajeure?\b|public (?:adulte|averti)|(?:unter|über|ab) 1[68]\b|volljährig|"
        r"für erwachsene|altersfreigabe|altersverifikation|jugendschutz|"
        r"\b18 jahre alt|\b18 jahre oder|(?:apt[oa]s? |s[oó]lo |solamente |somente |solo )+(?:para|per) adult|"
        r"contenido (?:para )?adulto|conteúdo adulto|réservée?s? aux adultes|contenu (?:pour )?adulte|"
        r"contenuti? per adulti|"
        r"dla dorosłych|voor volwassenen|(?:mayor|menor)(?:es)? de (?:18|edad)|maior(?:es)? de (?:18|idade)|maggiorenn|"
        r"\b18 лет|совершеннолетн|для взрослых|только 18\+|"
        r"未满\s?(?:18|十八)|未滿\s?(?:18|十八)|(?:18|\uff11\uff18|十八)[歳才岁歲](?:未満|以上)|"
        r"ukończ\w+ 18|under 18 år|fyllt 18|jonger dan 18|ouder dan 18"
    ),
    "cookie notice": (
        r"\bwe (?:and our partners )?use cookies|\buse cookies (?:and|to)|"
        r"accept (?:our )?(?:use of )?(?:all )?cookies|"
        r"^before you continue\b|care about your privacy|cookies (?:must be|are not) enabled|"
        r"wir verwenden cookies|nous utilisons des cookies|usamos cookies|utilizamos cookies|"
        r"используем (?:файлы )?cookie"
    ),
    "members only": (
        r"registered (?:users|members) only|only available to registered|members[ -]only|(?:for|"
        r"to) (?:\w+ ){0,2}members only|"
        r"friends[ -]only|to friends only|protected entry|(?:not authorized|not allowed|"
        r"no permission) to (?:view|read|see)|"
        r"access is (?:closed|restricted|denied)|must be a member|become a member|restricted work|"
        r"(?:réservée?|accès réservé) (?:aux|à)|nur für (?:mitglieder|registrierte|freunde)|"
        r"solo (?:para )?(?:miembros|usuarios registrados)|somente (?:para )?membros|"
        r"только для (?:зарегистрированных|друзей|своих)|please log ?in to access|log ?in to (?:read|view)"
    ),
    "log-in page": (
        r"^(?:member |user )?(?:log ?in|sign ?in|sign ?up|log ?on|register|registration|new account|"
        r"create (?:an )?account)\W*$|"
        r"(?:you )?(?:must|need to|have to|requires you to) be (?:registered|logged in)|please log ?in\b|log in now|"
        r"(?:forgot|lost|forgotten|i forgot)(?: my| your)? password|password (?:vergessen|oublié)|passwort vergessen|"
        r"^(?:anmelden|anmeldung|connexion|se connecter|identification|iniciar sesión|entrar|accedi|вход|войти|"
        r"регистрация)\W*$|"
        r"olvid\w+ (?:tu|su) contraseña|musst angemeldet sein|забыли пароль|"
        r"^(?:登录|登入|登錄|ログイン|로그인|logowanie|zaloguj(?: się)?|logga in|inloggen|log ind|logg inn|kirjaudu|"
        r"přihlásit(?: se)?|bejelentkezés)\W*$|您需要登录|请先登录|請先登入|ログインしてください|忘记密码|忘記密碼|"
        r"パスワードを忘れ|glömt (?:ditt )?lösenord|nie pamiętasz hasła|wachtwoord vergeten"
    ),
    "server error": (
        r"(?:down|closed|offline) for (?:\w+ )?maintenance|under(?:going)? (?:\w+ )?maintenance|"
        r"too many (?:\w+ ){0,2}(?:requests|connections)|rate limit(?:ed)?\b|^error 429\b|"
        r"^retry later\W*$|bandwidth (?:limit|exceeded)|temporarily un(?:available|able)|"
        r"service (?:is )?(?:temporarily )?unavailable|"
        r"bad gateway|gateway time-?out|internal server error|connection timed out|error code 5\d\d|"
        r"(?:error|failed) (?:establishing|to connect to) (?:a|the) database|fatal error\W|parse error\W|fatal mysql|"
        r"\bmysqli?_\w+\(|^warning: .{0,300} on line \d+|responding too slowly|database error|"
        r"\b(?:error 50\d|50[0234] (?:service|bad|internal|gateway|error)|429 too|509 band|52\d:)|^error 50\d\W*$|"
        r"wartungsarbeiten|maintenance en cours|en mantenimiento|технические работы|http/1\.\d 5\d\d"
    ),
    "redirect": (
        r"moved permanently|(?<!may )(?<!might )(?:have|has|'ve|’ve) moved\b|has a new (?:home|address)|"
        r"redirecting to|be redirected|"
        r"if you are not (?:taken|redirected)|update your (?:bookmarks|links)|http 30\d response|document has moved|"
        r"object moved|302 found|umgezogen|a déménagé|se ha mudado|переехал"
    ),
    "parked domain": (
        r"domain (?:name )?\S* ?(?:may be |is )?(?:for sale|parked|expired)|\S+\.\w+ is for sale|"
        r"buy this domain|domain parking|"
        r"domain has expired"
    ),
    "missing page": (
        rf"\b{_THING}\b[^.!?]{{0,80}}?(?:not|n't|n’t|cannot|never) (?:be )?(?:found|exist|available|located|here)|"
        rf"\b{_THING}\b[^.!?]{{0,60}}?(?:has|have|had|might have|may have|been|was|is) (?:been )?"
        r"(?:deleted|removed|purged|taken (?:down|it down)|suspended)|"
        rf"unable to (?:locate|find)|no such {_THING}|(?:couldn't|could not|can't|cannot) find (?:the|that|this|"
        rf"your)|"
        r"\bnot found\b|nothing (?:was |has been |could be )?found (?:at|for|here)|"
        r"^\W*(?:http )?(?:error )?(?:404|403|410)\b|error 404|erreur 404|ошибка 404|"
        r"you don't have permission to access|^(?:40[34] )?forbidden\W*$|^access denied|appears to be either missing|"
        r"doesn't exist|does not exist|do not exist|is off limits|hit a dead end|outdated url|"
        r"introuvable|n'existe (?:pas|plus)|a été (?:supprim|déplac|effac)|"
        r"nicht gefunden|existiert nicht|wurde gelöscht|no (?:existe|encontrad)|no se encontr|ha sido (?:borrad|"
        r"eliminad)|"
        r"não (?:existe|encontrad)|non trovat|non esiste|не найден|не существует|удал[её]н|"
        r"不存在|已被删除|已删除|已刪除|找不到|無法找到|見つかりません|存在しません|削除され|없습니다|삭제되|"
        r"nie (?:została?|zostało) (?:znalezion|odnalezion)|nie istnieje|nie znaleziono|została? usunięt|hittades inte|"
        r"finns inte|har tagits bort|niet gevonden|bestaat niet|is verwijderd|ikke fundet|ikke funnet|ei löydy|"
        r"nebyla? nalezen|neexistuje|nem található"
    ),
    "list of stories": r"^(?:no (?:results|stories|works|matches)(?: were)? found|0 (?:found|results|works))\W*$",
    "empty page": (
        r"under construction|^coming soon\W*$|default web page|no content has been added|^it works!?$|"
        r"test page for the|"
        r"en construction|im aufbau|en construcción|страница в разработке"
    ),
    "help page": (
        r"action was (?:successful|cancelled)|thank you for (?:your|the|submitting (?:a|your)) review|"
        r"review has been (?:submitted|added|posted)|"
        r"message (?:has been |was )?sent|e-?mail has been sent|story has been (?:added|updated|submitted)"
    ),
}  # fmt: skip
STRONG = tuple((kind, re.compile(phrase, re.IGNORECASE)) for kind, phrase in _PHRASES.items())

# Words that stand around such messages: a line that has them says nothing else.
WEAK = re.compile(
    r"click|go back|go home|try again|back button|back to|home ?page|browser|bookmark|\burl\b|web ?site|\bsite|"
    r"servers?\b|"
    r"accounts?\b|log(?:ged)? ?(?:in|out|on)\b|sign(?:ed)? ?(?:in|up)|regist|password|user ?name|pen ?name|"
    r"e-?mail|administrat|"
    r"webmaster|cookies?|privacy|terms (?:of|and)|policy|enter\b|leave\b|proceed|continue|cancel|preferences|"
    r"contact|search|refresh|"
    r"reload|minutes to|apache|nginx|internet information|\bport \d|http|errordocument|html|\bip\b|java ?script|"
    r"cloudflare|"
    r"ray id|network|request|archive|copyright|powered|version|spelled|spelling|capitalization|mistyped|"
    r"outdated|sorry|oops|"
    r"apolog|inconvenience|robots?\b|captcha|partners|advert|sale\b|offer|inquir|disclaimer|parking|security|"
    r"query|sql\b|"
    r"remember me|lost password|agree|accept|reject|confirm|disney|fan ?fiction|slash|rated\b|nc-17|themes|"
    r"sexual|material|"
    r"illegal|offend|members?\b|join|friends|owner|author(?:iz|is)|discretion|notice|warning|error\b|status|please|"
    r"impatient|related searches|posted|report|hiatus|\bpages?\b|support|"
    r"veuillez|cliquez|retour|accueil|entrer|sortir|inscri|connect|attention|auteur|fanfic|"
    r"bitte|zurück|seite|einstellungen|nutzer|ausweis|prüf|bestätig|passwort|benutzer|anmeld|registrier|weiter|forum|achtung|geschichten|"
    r"por favor|volver|usuario|contraseña|recordar|registr|inicio|historia|"
    r"назад|главн|пожалуйста|пароль|войти|регистр|браузер|запрос|страниц|правила|поддержк|сайт|автор|внимание|материал|фанфик|"
    r"返回|首页|提示信息|抱歉|点击|註冊|注册|密码|手机版|小黑屋|戻る|トップ|ホーム|パスワード|ユーザー名|ご確認|"
    r"tillbaka|lösenord|användarnamn|powrót|hasło|strona główna|terug|wachtwoord|\bgmt ?[+-]",
    re.IGNORECASE,
)
