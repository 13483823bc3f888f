"""Which encoding bytes are written in, judged by the letters that come of them: what chardet guesses, told by evidence.

`alphabets` holds the letters of the languages, `places` says where in a text a sign may stand, `likely` weighs one
encoding against another, `suspects` finds lines that are written in another one, `mixed` decodes what is not UTF-8
throughout, `layers` takes off what reading UTF-8 as something else put on. Files of unknown encoding, values of a
database and text that was read in a wrong one are all judged here.
"""
