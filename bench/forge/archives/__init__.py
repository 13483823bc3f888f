"""The forge of archives: whole eFiction archives with every trap that is known, the truth beside, rescued and scored.

    python -m bench.forge.archives --stories 2000 --seed 1

`world` draws the archive as its members knew it, `letters` and `markup` write its texts as programs stored them,
`versions` lays it into the tables of eFiction 1, 2 and 3, `make` writes the dump and the folder of stories, `rescue`
adds them to a fresh library and `score` holds the library against the truth.
"""
