"""Which encoding bytes are written in, judged by the letters that come of them: what chardet guesses, told by evidence.

`alphabets` holds the letters of the languages, `places` says where in a text a sign may stand, `likely` weighs one
encoding against another, `suspects` finds lines that are written in another one. Files of unknown encoding and text
that was read in a wrong one are both judged here.
"""
