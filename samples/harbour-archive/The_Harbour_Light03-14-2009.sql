# Dump of fanfiction_authorfields 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_authorfields VALUES("1", "4", "lj", "Live Journal", "http://{info}.livejournal.com", "", "", "1");
INSERT INTO fanfiction_authorfields VALUES("2", "1", "website", "Web Site", "", "", "", "1");
INSERT INTO fanfiction_authorfields VALUES("12", "3", "betareader", "Beta-reader", "", "", "", "1");



# Dump of fanfiction_authorinfo 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_authorinfo VALUES("2", "2", "http://www.storm-petrel.example/");
INSERT INTO fanfiction_authorinfo VALUES("2", "12", "Yes");
INSERT INTO fanfiction_authorinfo VALUES("3", "1", "mizzen_goes_down");



# Dump of fanfiction_authorprefs 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_authorprefs VALUES("1", "1", "0", "1", "0", "0", "0", "1", "0", "Lantern", "1", "0", "1", "2");
INSERT INTO fanfiction_authorprefs VALUES("2", "1", "0", "1", "0", "0", "0", "0", "0", "Lantern", "0", "0", "0", "3");
INSERT INTO fanfiction_authorprefs VALUES("3", "0", "0", "0", "0", "0", "0", "0", "0", "Lantern", "0", "0", "0", "2");



# Dump of fanfiction_authors 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_authors VALUES("1", "Capstan", "", "capstan@harbour-light.example", "", "I keep the light. If something is broken, tell me; if it is the <i>sea</i> that is broken, tell somebody else.", "", "2005-10-02 19:04:11", "1", "9f3c1c52b1f5b6d1b3d76a1b0a4a92d7");
INSERT INTO fanfiction_authors VALUES("2", "Mother Carey", "", "chickens@storm-petrel.example", "http://www.storm-petrel.example/", "Fond of witches, kelp and people who are past thirty.\r\nNo, I will not write the wedding.", "", "2005-10-09 08:30:00", "0", "1c0f5b20a3a84a0a7b1ae2a94df3ce55");
INSERT INTO fanfiction_authors VALUES("3", "mizzen", "", "mizzen@lee-shore.example", "", "bÃªta: yes please", "", "2006-01-17 22:15:40", "0", "77a2f0cc0a7e5d6be02aa0b9a6c40f10");



# Dump of fanfiction_blocks 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_blocks VALUES("1", "menu", "Main Menu", "menu/menu.php", "1", "");



# Dump of fanfiction_categories 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_categories VALUES("1", "-1", "Books and Plays", "Things that somebody wrote down once.", "", "0", "0", "1", "3");
INSERT INTO fanfiction_categories VALUES("2", "-1", "Tales", "Things that everybody tells.", "", "0", "0", "2", "3");
INSERT INTO fanfiction_categories VALUES("3", "1", "Robinson Crusoe", "", "", "0", "1", "1", "1");
INSERT INTO fanfiction_categories VALUES("4", "1", "The Rime of the Ancient Mariner", "", "", "0", "1", "2", "1");
INSERT INTO fanfiction_categories VALUES("5", "1", "The Odyssey", "", "", "0", "1", "3", "1");
INSERT INTO fanfiction_categories VALUES("6", "2", "The Little Mermaid", "The one with the knives, please.", "", "0", "1", "1", "2");
INSERT INTO fanfiction_categories VALUES("7", "2", "The Flying Dutchman", "", "", "0", "1", "2", "0");



# Dump of fanfiction_challenges 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_challenges VALUES("1", "Mother Carey", "2", "Somebody Else\'s Shipwreck", "1,2", "", "Tell it from where the hero <b>isn\'t</b> looking.", "2");



# Dump of fanfiction_chapters 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_chapters VALUES("1", "Motions Arising", "1", "For mizzen, who asked what became of the goats.", "", "", "1", "300", "", "1", "1", "1", "212");
INSERT INTO fanfiction_chapters VALUES("2", "Any Other Business", "2", "", "", "The parrot\'s lines are Defoe\'s.", "1", "200", "", "1", "1", "1", "160");
INSERT INTO fanfiction_chapters VALUES("3", "The Wedding-Guest Goes Home", "1", "", "I never got to the wedding, you know.\r\n\r\nI was next of kin. I had a new coat, and a speech. I could hear the bassoon from where I stood, and they were going in, she was red as a rose, everybody says so; and there was a hand on my arm like a root that has got up and walked.\r\n\r\n\"There was a ship,\" he said.\r\n\r\nPeople have asked me since why I did not simply go. I\'d say to them that I tried. I beat my breast: it is down in the poem that I beat my breast. But he had an eye. You will have met one like it, at a party, belonging to a man who has lately given up drink.\r\n\r\n* * *\r\n\r\nSo I heard it, every word: the ice, the bird, the calm. I was sorry for the bird. I was sorry for two hundred men, and I\'m told that one is meant to be, but it was the snakes that did for me. He leaned upon the rail and looked down, with his whole crew dead behind him and the sea gone bad, and what there was was snakes. And he blessed them. He didn\'t mean to. He said it just came up.\r\n\r\nI\'ve thought of that on and off for thirty years.\r\n\r\nWhen he let go of me the guests were coming out. My cousin was married. My sister never spoke to me again, for the speech was to have been after the fish.\r\n\r\n* * *\r\n\r\nI went home the long way by the harbour. It was getting light and there was something down there in the weed, between the wall and the boats, all slime and elbows, with far too many eyes. I do not know what it was. I am not a naturalist. On any other morning I should have gone for the harbour-master, with a boat-hook.\r\n\r\nI took off my hat to it.\r\n\r\n\"Good morning,\" I said.\r\n\r\nIt\'s not much. I\'m a draper. But I\'ve done it every morning since, to whatever\'s there, and I will tell you a thing: I have never once been becalmed.\r\n\r\n(The wedding cake came round in a box. There was a marzip�n gull on it. I could not eat that, either.)\r\n", "", "1", "390", "", "2", "2", "3", "340");
INSERT INTO fanfiction_chapters VALUES("4", "What the Sea-Witch Keeps", "1", "Andersen\'s, not the other one\'s.", "<p>They come about their legs.</p><p>You\'d think it was the only thing I sold. I have a very nice line in calm weather. I have a cure for barnacles. But it\'s always some child with her hair full of pearls, and somebody on a boat; and she has swum past the whirlpools to get here, and the mud, and my polypi, who are only being friendly, and she says, quite polite, she\'ll give me anything.</p><p>I say: \"What have you got?\"</p><p>This one had a voice.</p><p align=center>~</p><p>I want to be fair to myself. I told her. I said that every step would be as if she trod on knives; I said that if he married someone else then it was foam, first thing the next morning, no appeal. I showed her how they do it, on the land, with the shoes. I have never had a customer listen so hard and hear so little. She was looking at my shelves.</p><p>\"What\'s in the jars?\" she said.</p><p>So I told her that, too. It was the last thing that she ever asked out loud, and I\'ve had it since to remember. She had a way of going <i>up</i> at the end.</p><p align=center>~</p><p>You can\'t use them, you know. No one ever thinks of that. What would I want with it? I\'ve one of my own, it frightens the eels. I keep them on the third shelf behind the ink, eleven of them now, with a cloth over so they will sleep; and of a night, when it is slack water, I take the cloth off.</p><p>They don\'t sing. They have got nobody to sing to. It\'s more that they talk among themselves. There is a contralto from the Skagerrak who\'s very dry. There\'s one who only ever says the names of horses. And the newest, by the end, with the lilt on it, asking, asking. <i>What\'s in the jars? What\'s in the jars?</i></p><p>\"You are, dear,\" I say. \"Hush.\"</p><p>And I sit up with them till it\'s light, which is a long way down.</p>", "", "1", "380", "", "1", "3", "2", "506");
INSERT INTO fanfiction_chapters VALUES("5", "Foam", "1", "", "<p>It is not so bad, being foam.</p>\n<p>I had expected it to be like nothing. It\'s more like a crowd. There is a great deal of standing about, and then all at once we are <i>off</i>, up the whole length of a beach with our arms out, and every one of us shouting; and then back down, saying that it was further than last time.</p>\n<p>(I can shout. I noticed on the second day. I\'d been given to understand that I couldn\'t.)</p>\n<hr>\n<p>He walks here with his wife. She\'s nice. She had on the green shoes, and he said to mind the wet, and she came right down to the edge anyhow and stood, with her skirts held up, to let us go over her feet.</p>\n<p>I went over her feet.</p>\n<p>\"It\'s warm,\" she said to him. \"Come and feel. It\'s as if it was <i>alive</i>.\"</p>\n<p>\"It\'s only foam,\" he said.</p>\n<p>I should like to report that it hurt. I had been saving up for it. But he had got such an ordinary sort of voice, when it was not the only one in the room.</p>\n<hr>\n<p>My sisters come on Sundays. They cut off all their hair for me, you will have heard; it\'s grown out, and it does not suit any of them, and they say so. The eldest wants me to see someone about getting put back. There is a woman, she says, down past the whirlpools, with jars.</p>\n<p>I said that I knew her. I said I might look in.</p>\n<p>The thing about foam is, one gets everywhere. I have been in at the keyhole of that house. I\'ve been along the shelves. There are eleven of us in there, under a cloth, and the lids are only wax.</p>\n", "", "1", "330", "", "0", "4", "2", "298");
INSERT INTO fanfiction_chapters VALUES("6", "Warp", "1", "", "<p>When he had been home for a year, and had told it all twice, she had the loom moved back into the upper room.</p>\n<p>\"Who\'s it for?\" said Odysseus. \"My father\'s buried.\"</p>\n<p>\"I like the work,\" Penelope said.</p>\n<p>That was true. It was the weaving that they made the songs of, three years of it, for the shroud; how by day she wove the great web, and by night, with torches set beside her, took it apart. Nobody ever made one of how good she\'d got at the second thing. Any girl can weave. It wants a light hand to undo a day so that it does not show.</p>", "", "1", "130", "", "0", "5", "1", "190");
INSERT INTO fanfiction_chapters VALUES("7", "Weft", "2", "mizzen wrote this half. I only held the torch.", "", "", "1", "230", "", "0", "5", "3", "171");
INSERT INTO fanfiction_chapters VALUES("8", "Poste Restante", "1", "", "<p>NOT FINISHED. PLEASE DO NOT POST THIS ONE YET, I ONLY WANT TO SEE HOW IT LOOKS.</p>\n<p>Every seven years they let him come ashore to find a wife, and every seven years he goes first to the post office.</p>\n<p>There are four hundred letters in the sack. They are addressed to people in Amsterdam. The clerk is new; the clerk is always new. He holds the top one up to the lamp.</p>\n<p>\"There\'s no such street,\" he says. \"Sir. It\'s a canal.\"</p>\n<p>\"It was a canal when I left,\" says Vanderdecken. \"She\'d have had to come to the door in a boat.\"</p>\n<p>The clerk thinks about this. He has a sister in Delft to whom he never writes.</p>\n<p>\"Leave them with me,\" he says.</p>\n<p>[then what?? he WALKS it, that\'s what. all four hundred. mizzen says it is too long. mizzen can go and boil her head]</p>\n", "", "0", "140", "", "0", "6", "1", "0");



# Dump of fanfiction_characters 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_characters VALUES("1", "3", "The Goats", "", "");
INSERT INTO fanfiction_characters VALUES("2", "3", "Poll", "", "");
INSERT INTO fanfiction_characters VALUES("3", "4", "The Wedding-Guest", "", "");
INSERT INTO fanfiction_characters VALUES("4", "4", "The Mariner", "", "");
INSERT INTO fanfiction_characters VALUES("5", "6", "The Sea-Witch", "", "");
INSERT INTO fanfiction_characters VALUES("6", "6", "The Mermaid", "", "");
INSERT INTO fanfiction_characters VALUES("7", "5", "Penelope", "", "");
INSERT INTO fanfiction_characters VALUES("8", "5", "Odysseus, King of Ithaca", "", "");
INSERT INTO fanfiction_characters VALUES("9", "7", "Vanderdecken", "", "");



# Dump of fanfiction_classes 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_classes VALUES("1", "1", "Humour");
INSERT INTO fanfiction_classes VALUES("2", "1", "Aftermath");
INSERT INTO fanfiction_classes VALUES("3", "2", "Death, off stage");
INSERT INTO fanfiction_classes VALUES("4", "3", "Becalmed");
INSERT INTO fanfiction_classes VALUES("5", "3", "Storm");



# Dump of fanfiction_classtypes 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_classtypes VALUES("1", "genres", "Genres");
INSERT INTO fanfiction_classtypes VALUES("2", "warnings", "Warnings");
INSERT INTO fanfiction_classtypes VALUES("3", "weather", "Weather");



# Dump of fanfiction_coauthors 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_coauthors VALUES("5", "3");



# Dump of fanfiction_comments 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_comments VALUES("1", "2", "3", "The lamp looks lovely from here.", "2006-02-01 21:10:00");



# Dump of fanfiction_favorites 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_favorites VALUES("3", "3", "ST", "third shelf, behind the ink");
INSERT INTO fanfiction_favorites VALUES("3", "2", "AU", "");
INSERT INTO fanfiction_favorites VALUES("1", "2", "SE", "");



# Dump of fanfiction_inseries 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_inseries VALUES("1", "0", "2", "1", "2");
INSERT INTO fanfiction_inseries VALUES("1", "2", "0", "1", "1");
INSERT INTO fanfiction_inseries VALUES("2", "4", "0", "1", "2");
INSERT INTO fanfiction_inseries VALUES("2", "3", "0", "1", "1");



# Dump of fanfiction_log 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_log VALUES("1", "mizzen signed up", "3", "3221225985", "2006-01-17 22:15:40", "RG");
INSERT INTO fanfiction_log VALUES("2", "Capstan made a backup", "1", "3221225986", "2009-03-14 06:00:00", "AM");



# Dump of fanfiction_messages 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_messages VALUES("1", "welcome", "Welcome", "<p>Wipe your boots. The kettle is on.</p>");
INSERT INTO fanfiction_messages VALUES("2", "rules", "Submission Rules", "<ol>\r\n<li>Salt water in it somewhere.</li>\r\n<li>Spell the names of ships right. They mind.</li>\r\n<li>Be kind in the reviews; everybody here can swim, but not everybody likes to.</li>\r\n</ol>");
INSERT INTO fanfiction_messages VALUES("3", "copyright", "Copyright Footer", "Stories belong to those who wrote them; the sea, to nobody.");



# Dump of fanfiction_news 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_news VALUES("1", "Capstan", "The light is lit", "We are open. Bring your own biscuit.", "2005-10-02 19:30:00", "0");
INSERT INTO fanfiction_news VALUES("2", "Capstan", "A new lamp", "The archive has moved to a bigger server.<br>\r\nIf you see rocks, write to me.", "2006-02-01 20:00:00", "1");



# Dump of fanfiction_ratings 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_ratings VALUES("1", "G (Calm)", "0", "");
INSERT INTO fanfiction_ratings VALUES("2", "PG-13 (Squally)", "0", "");
INSERT INTO fanfiction_ratings VALUES("3", "R (Gale)", "6", "For members who have said that they are grown up.");



# Dump of fanfiction_reviews 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_reviews VALUES("1", "1", "1", "mizzen", "3", "The calendar! I\\\'d have let them eat it.<br><br><i>Author\'s Response: You would. You\\\'re a kid.</i>", "2006-03-02 18:00:00", "10", "1", "ST");
INSERT INTO fanfiction_reviews VALUES("2", "1", "2", "Mother Carey", "2", "There is no ship. Oh, Poll.", "2006-03-03 07:45:00", "9", "0", "ST");
INSERT INTO fanfiction_reviews VALUES("3", "2", "3", "a passing gull", "0", "caf� au lait all over the keyboard, thank you", "2006-05-11 12:00:00", "-1", "0", "ST");
INSERT INTO fanfiction_reviews VALUES("4", "2", "3", "Capstan", "1", "No Review", "2006-05-12 06:00:00", "10", "0", "ST");
INSERT INTO fanfiction_reviews VALUES("5", "3", "4", "mizzen", "3", "“The names of horses.” I have to go and lie down.<br><br><i>Author\'s Response: Take the cloth off first.</i>", "2006-09-01 23:59:00", "10", "1", "ST");
INSERT INTO fanfiction_reviews VALUES("6", "2", "0", "mizzen", "3", "Is there going to be a third?", "2007-01-20 17:00:00", "-1", "0", "SE");
INSERT INTO fanfiction_reviews VALUES("7", "9", "12", "a passing gull", "0", "I liked the one about the anchor. Where has it gone?", "2008-02-02 10:00:00", "-1", "0", "ST");



# Dump of fanfiction_series 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_series VALUES("1", "All Hands", "Everyone who was on the quay, and not in the boat.", "1", "2", "1,2", "2", "", "", "", "", "0", "", "3");
INSERT INTO fanfiction_series VALUES("2", "Voices", "Two halves of one bargain.", "2", "0", "6", "2", "", "", "", "5,6", "1", "", "2");



# Dump of fanfiction_settings 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_settings VALUES("hLx3", "The Harbour Light", "Stories of the sea, told by those on the quay", "http://www.harbour-light.example", "capstan@harbour-light.example", "", "Lantern", "", "en", "0", "stories", "mysql", "0", "3.4.3", "mail.harbour-light.example", "capstan", "not-the-real-one");



# Dump of fanfiction_stats 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_stats VALUES("hLx3", "5", "7", "2", "6", "1960", "3", "3", "3", "3");



# Dump of fanfiction_stories 
# Dump DATE : 14-Mar-2009

INSERT INTO fanfiction_stories VALUES("1", "Minutes of the Goats", "He has gone. There is a meeting.", "", "3", "1,4", "1,2", "1", "2006-03-01 20:00:00", "2006-03-02 08:00:00", "1", "0", "2", "2", "1", "0", "500", "", "2", "372", "1");
INSERT INTO fanfiction_stories VALUES("2", "The Wedding-Guest Goes Home", "A na�ve young man is stopped on his way to a party.", "", "4", "1, 2,3", "3,4", "2", "2006-05-10 22:10:00", "2006-05-10 22:10:00", "3", "0", "0", "1", "1", "0", "390", "", "1", "340", "1");
INSERT INTO fanfiction_stories VALUES("3", "What the Sea-Witch Keeps", "They come about their legs.", "First of two. The other is <i>Foam</i>.", "6", "2,5", "5,6", "1", "2006-08-30 09:00:00", "2006-08-30 09:00:00", "2", "0", "1", "2", "1", "0", "380", "", "1", "506", "0");
INSERT INTO fanfiction_stories VALUES("4", "Foam", "She isnâ€™t sorry. Sheâ€™s everywhere.", "", "6", "2", "6", "1", "2007-01-19 21:00:00", "2007-01-19 21:00:00", "2", "0", "0", "2", "1", "0", "330", "", "0", "298", "0");
INSERT INTO fanfiction_stories VALUES("5", "Penelope, Unweaving", "He told it twice.", "", "5", "2", "7,8", "3", "2007-11-05 18:00:00", "2007-11-12 18:00:00", "1", "1", "0", "1", "1", "0", "360", "", "0", "361", "0");
INSERT INTO fanfiction_stories VALUES("6", "Poste Restante", "Every seven years he goes first to the post office.", "", "7", "", "9", "1", "2009-03-01 01:00:00", "2009-03-01 01:00:00", "1", "0", "0", "0", "0", "0", "140", "", "0", "0", "0");



