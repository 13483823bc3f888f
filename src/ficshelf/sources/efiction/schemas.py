"""The tables of eFiction as its versions made them: names, the order of their columns, what is not carried over.

eFiction's own backup writes rows without the names of their columns, so their order must be known. It differs by
version and by the way that a site was upgraded: COLUMNS has every order that there is known to be, the commonest first.
The orders are those of the tables that eFiction 1.1, 3.0 to 3.5 and the upgrades between them create; those of 2.0,
which no release still shows, follow from what its upgrade changes.
"""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Names parted by blanks."""
    return frozenset(text.split())


# Each table by its name behind the prefix: every known order of its columns.
COLUMNS: dict[str, tuple[str, ...]] = {
    "stories": (
        "sid title summary storynotes catid classes charid rid date updated uid coauthors featured validated completed"
        " rr wordcount rating reviews count challenges",
        "sid title summary storynotes catid classes charid rid date updated uid coauthors featured validated completed"
        " rr wordcount rating reviews count",
        "sid title summary catid gid charid wid rid date updated uid featured validated completed rr wordcount rating"
        " reviews challenges",
        "sid title summary catid gid charid wid rid date updated uid featured validated completed rr wordcount rating"
        " reviews",
        "sid psid title chapter summary catid gid charid wid rid date updated uid featured counter validated inorder"
        " storytext completed rr wordcount numreviews",
    ),
    "chapters": (
        "chapid title inorder notes storytext endnotes validated wordcount rating reviews sid uid count",
        "chapid title inorder notes storytext endnotes validated wordcount rating reviews sid uid",
        "chapid title inorder notes storytext validated wordcount rating reviews sid uid",
    ),
    "authors": (
        "uid penname realname email website bio image date admincreated password",
        "uid penname realname email website bio image date newreviews admincreated password validated userskin level"
        " contact carry categories bob",
        "uid penname realname email website bio image date newreviews admincreated password validated userskin level"
        " contact carry categories",
        "uid penname realname email website bio image date newreviews admincreated password validated userskin level"
        " contact categories ageconsent betareader alertson AOL Yahoo ICQ MSN",
    ),
    "authorprefs": (
        "uid newreviews newrespond ageconsent alertson tinyMCE sortby storyindex validated userskin level categories"
        " contact stories",
    ),
    "authorfields": ("field_id field_type field_name field_title field_options field_code_in field_code_out field_on",),
    "authorinfo": ("uid field info",),
    "categories": ("catid parentcatid category description image locked leveldown displayorder numitems",),
    "characters": ("charid catid charname bio image", "charid catid charname"),
    "classes": ("class_id class_type class_name",),
    "classtypes": ("classtype_id classtype_name classtype_title",),
    "genres": ("gid genre",),
    "warnings": ("wid warning",),
    "ratings": ("rid rating ratingwarning warningtext",),
    "series": (
        "seriesid title summary uid isopen catid classes"
        " rating warnings genres characters reviews challenges numstories",
        "seriesid title summary uid isopen catid rating"
        " classes characters reviews numstories warnings challenges genres",
        "seriesid title summary uid isopen catid classes"
        " rating reviews warnings genres characters numstories challenges",
        "seriesid title summary uid isopen catid classes rating reviews warnings genres characters numstories",
        "seriesid title summary uid isopen catid classes rating reviews warnings genres characters",
        "seriesid title summary owner isopen catid rating warnings genres characters reviews challenges",
        "seriesid title summary owner isopen catid rating warnings genres characters reviews",
    ),
    "inseries": (
        "seriesid sid subseriesid confirmed inorder",
        "seriesid sid subseriesid confirmed inorder updated",
        "seriesid sid inorder",
    ),
    "reviews": (
        "reviewid item chapid reviewer uid review date rating respond type",
        "reviewid chapid item reviewer uid review date rating type respond",
        "reviewid sid chapid reviewer member review date rating respond seriesid",
        "reviewid sid psid reviewer member review date rating",
    ),
    "coauthors": ("sid uid",),
    "favorites": ("uid item type comments", "uid item type"),
    "favauth": ("uid favuid",),
    "favstor": ("uid sid",),
    "favseries": ("uid seriesid",),
    "comments": ("cid nid uid comment time", "cid nid uname comment time"),
    "news": ("nid author title story time comments", "nid author title story time"),
    "messages": ("message_id message_name message_title message_text",),
    "challenges": (
        "chalid challenger uid title catid characters summary responses",
        "chalid challenger uid title catid characters summary",
    ),
    "poll": ("poll_id poll_question poll_opts poll_start poll_end poll_results",),
    "poll_votes": ("vote_id vote_user vote_opt vote_poll",),
    "pagelinks": (
        "link_id link_name link_text link_key link_url link_target link_access",
        "link_id link_name link_text link_url link_target link_access",
    ),
    "settings": (
        "sitekey sitename slogan url siteemail tableprefix skin hiddenskins language submissionsoff storiespath store",
        "welcome thankyou nothankyou rules copyright help",
    ),
}

# Tables that hold nothing of the archive's: why each is left out.
MACHINERY: dict[str, str] = {
    "log": "what the program wrote down about visitors, with their addresses on the net",
    "codeblocks": "code of the program, which is never run and never kept",
    "blocks": "settings of the program",
    "panels": "menus of the program",
    "pagelinks": "menus of the program",
    "modules": "settings of the program",
    "stats": "counts of the program, which are made anew",
    "online": "who was on the site at the moment of the backup",
    "poll_votes": "how each member voted; the poll keeps its result",
    "sessions": "log-ins of the program",
    "process": "notes of the program on its own upgrade",
    "config": "settings of the program",
    "iconsets": "pictures of the program",
    "menu": "menus of the program",
    "menu_adminpanel": "menus of the program",
    "menu_userpanel": "menus of the program",
    "bad_behavior": "what the program wrote down about visitors, with their addresses on the net",
    "messaging": "letters between members, which were nobody else's business",
    "tracker": "what each member had read, which is nobody else's business",
    "user_friends": "who was whose friend, which is nobody else's business",
}

# Columns whose values are never carried over, whatever their table.
SECRET = words(
    "password email siteemail smtp_host smtp_username smtp_password log_ip ip field_code_in "
    "field_code_out code_text login mail_password"
)

# What the values of a column look like where they are no free text: i an integer, d a time, f a digit or nothing,
# c a code of two capitals.
SHAPES: dict[str, str] = {
    **dict.fromkeys(
        words(
            "sid psid chapid uid parentcatid class_id class_type classtype_id "
            "seriesid subseriesid reviewid item member cid nid chalid message_id inorder "
            "displayorder numitems wordcount reviews count counter numreviews numstories ratingwarning owner "
            "field field_id field_type link_id favuid responses stories vote_id vote_poll poll_id"
        ),
        "i",
    ),
    **dict.fromkeys(words("date updated time poll_start poll_end"), "d"),
    **dict.fromkeys(
        words(
            "validated completed rr featured respond isopen locked leveldown field_on newreviews "
            "newrespond ageconsent alertson tinyMCE sortby storyindex contact confirmed link_target "
            "submissionsoff admincreated level carry"
        ),
        "f",
    ),
    "type": "c",
}
# Of these tables alone, a column that elsewhere is a list or a text is one number.
SHAPES_OF: dict[str, dict[str, str]] = {
    "reviews": {"rating": "i"},
    "chapters": {"rating": "i"},
    "categories": {"catid": "i"},
    "characters": {"charid": "i", "catid": "i"},
    "genres": {"gid": "i"},
    "warnings": {"wid": "i"},
    "ratings": {"rid": "i"},
    "series": {"rating": "i"},
    "stories": {"rating": "i"},
}

# How many bytes the columns of lists hold: what filled one was cut.
WIDTHS: dict[str, frozenset[int]] = {
    "catid": frozenset({100, 200}),
    "classes": frozenset({200}),
    "charid": frozenset({250}),
    "characters": frozenset({250, 200}),
    "challenges": frozenset({200}),
    "coauthors": frozenset({200}),
    "gid": frozenset({250}),
    "wid": frozenset({250}),
    "genres": frozenset({250}),
    "warnings": frozenset({250}),
}
TEXT = 65_535  # bytes of a MySQL `text`: a chapter of just that many was cut

# eFiction 5 has tables and columns of its own: what each is here.
FIVE_TABLES: dict[str, str] = {
    "users": "authors",
    "user_info": "authorinfo",
    "user_fields": "authorfields",
    "user_favourites": "favorites",
    "feedback": "reviews",
    "series_stories": "inseries",
    "tags": "classes",
    "tag_groups": "classtypes",
    "textblocks": "messages",
    "stories_authors": "stories_authors",
    "stories_categories": "stories_categories",
    "stories_tags": "stories_tags",
}
FIVE_COLUMNS: dict[str, dict[str, str]] = {
    "stories": {"ratingid": "rid", "roundrobin": "rr"},
    "chapters": {"chaptertext": "storytext"},
    "authors": {"nickname": "penname", "registered": "date", "about": "bio"},
    "categories": {"cid": "catid", "parent_cid": "parentcatid", "inorder": "displayorder"},
    "characters": {"biography": "bio"},
    "reviews": {
        "fid": "reviewid",
        "reference": "item",
        "reference_sub": "chapid",
        "writer_name": "reviewer",
        "writer_uid": "uid",
        "text": "review",
        "datetime": "date",
    },
    "series": {"open": "isopen"},
    "classes": {"tid": "class_id", "tgid": "class_type", "label": "class_name"},
    "classtypes": {"tgid": "classtype_id", "label": "classtype_name", "description": "classtype_title"},
    "messages": {"id": "message_id", "label": "message_name", "title": "message_title", "content": "message_text"},
    "news": {"headline": "title", "newstext": "story", "datetime": "time"},
    "stories_categories": {"cid": "catid"},
    "stories_tags": {"tid": "class_id"},
    "stories_authors": {"aid": "uid"},
}
