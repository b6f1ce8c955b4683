"""Find in a French text the words that claim a cause: an indicator alone never carries one."""

from __future__ import annotations

import re

CLAIM = "un indicateur seul ne dit pas de cause : décrivez ce qui est observé, ou nommez qui l’affirme (« selon… »)"
"""What is said of a text that claims a cause where there is only an indicator."""

# What a cause is said to change (« réduit le chômage », « attire des habitants »), where an object follows: the same
# verbs without one only describe (« la hausse accélère »).
_CHANGING = r"""(?:
        rédui(?:t|sent|sait) | diminu(?:e|ent|ait) | amélior(?:e|ent|ait) | attir(?:e|ent|ait)
      | transform(?:e|ent|ait) | frein(?:e|ent|ait) | ralenti(?:t|ssent|ssait) | accél[éè]r(?:e|ent|ait)
      | renforc(?:e|ent) | renforçait | soutien(?:t|nent) | soutenait | crée(?:nt)? | créait
      | (?<!en\ )cause | amène(?:nt)? | (?<!sans\ )relanc(?:e|ent) | relançait | redress(?:e|ent|ait)
      | sauv(?:e|ent|ait)
    )"""
_CHANGED = r"""(?:
        réduite?s? | diminuée?s? | améliorée?s? | attirée?s? | transformée?s? | freinée?s? | ralentie?s? | accélérée?s?
      | renforcée?s? | soutenue?s? | amenée?s? | relancée?s? | redressée?s? | sauvée?s? | menée?s?\ à
    )"""
_CHANGE = (
    r"(?:réduire|diminuer|améliorer|attirer|transformer|freiner|ralentir|accélérer|renforcer|soutenir|relancer|créer)"
)
_OBJECT = r"(?:(?:le|la|les|une?|des|de|du|son|sa|ses|leurs?|cet?|cette|plus)\ |l’|d’)"
_GOOD = r"(?:positif|négatif|favorable|défavorable|bénéfique|réel|net|important|majeur|direct|notable|durable)s?\b"
# Verbs and phrases that claim a cause. Nouns of the method (contribution, effets fixes) are not among them.
_CAUSAL = re.compile(
    rf"""\b(?:
        contribu(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | entra[iî]n(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | (?:a|ont|avait|avaient|aura|auront|aurait|auraient|ayant)\ (?:\w+ment\ )?(?:permis|créé|produit|conduit)
      | gr[aâ]ce\ (?:à|au|aux)
      | expliqu(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | provoqu(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | caus(?:ent|é|ée?s?|ait|aient|er|era|eront|ant) | à\ cause\ (?:de|du|des|d’)
      | g[eé]n[eéè]r(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)(?!\w)
      | engendr(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | d[eé]clench(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | favoris(?:e|ent|é|ée?s?|ait|aient|er|era|eront|ant)
      | (?:fait|font|faisait|faisaient|fera|feront|faire|faisant)\ (?:\w+ment\ )?
        (?:baisser|monter|augmenter|diminuer|reculer|progresser|chuter|croître|venir|partir|naître|remonter
          |revenir|grimper|bondir|repartir|changer|évoluer)
      | (?:effet|impact)s?\ (?:de\b|du\b|des\b|d’|sur\b|(?:très\ )?{_GOOD}) | impact(?:e|ent|é|ait|er)
      | d(?:û|us|ue|ues)\ (?:à|au|aux)
      | en\ raison\ (?:de|du|des|d’) | à\ l’origine\ (?:de|du|des|d’)
      | résult(?:e|ent|ait|aient|ant)\ (?:de|du|des|d’)
      | (?:imputable|attribuable)s?\ (?:à|au|aux)
      | {_CHANGING}(?=\ {_OBJECT}) | (?:a|ont|avait|avaient|aura|auront)\ (?:\w+ment\ )?{_CHANGED}
      | (?:perme(?:t|ttent|ttait)\ (?:de|d’)\ ?|(?:aid(?:e|ent|ait)|servi|sert)\ à\ )(?:\w+\ )?{_CHANGE}
      | (?:dop|boost|stimul|dynamis|redynamis|suscit)(?:e|ent|ée?s?|ait|aient|er|era|ant)
      | (?<!fait\ )(?<!font\ )suite\ (?:à|au|aux) | (?:à\ la|par)\ suite\ (?:de|du|des|d’)
      | conséquences?\ (?:de|du|des|d’) | en\ conséquence | découl(?:e|ent|ait|aient|ant)\ (?:de|du|des|d’)
      | du\ fait\ (?:de|du|des|d’|que|qu’) | parce\ (?:que\b|qu’) | (?<=,\ )car | le\ fruit\ (?:de|du|des|d’)
      | (?:est|sont|était|étaient|serait|seraient)\ (?:\w+ment\ )?responsables?\ (?:de|du|des|d’)
      | (?:est|sont|était|étaient|serait|seraient|en)\ la\ cause\b | la\ cause\ en\ est
      | se\ tradui(?:t|sent|sait)\ par | condui(?:t|sent|sait)\ (?:à|au|aux) | mèn(?:e|ent)\ (?:à|au|aux)
      | port(?:e|ent|é)\ (?:ses|leurs)\ fruits | jou(?:e|ent|é)\ un\ rôle
      | profit(?:e|ent|é|ait)\ (?:à|au|aux) | bénéfici(?:e|ent|é|ait)\ (?:de\ l|du|des)
      | doi(?:t|vent)\ (?:au(?!\ (?:moins|plus|mieux|m[ai][nx]imum))|aux|à\ la(?!\ fois)|à\ l)
      | tien(?:t|nent)\ (?:à\ la|à\ l|à\ une?|à\ ce|au|aux)
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
# What takes the claim back when it stands before it in the same sentence.
_DISCLAIMED = re.compile(
    r"""(?: \bn(?:e\ |’)(?:permet|permettent|permettrait|dit|disent|prouve|prouvent|montre|montrent|établit|établissent
        |suffit|suffisent|peut|peuvent|saurait|sauraient|signifie|signifient|implique|impliquent)
        \b(?:\ (?:\w+\ ){0,2}?)?(?:pas|rien|jamais|à|être)?
      | \brien\ n(?:e\ |’)\w+ | \bsans\ (?:que|pouvoir|permettre|rien)\b | \bni\ \w+\ ni\b
      | (?:^|[,:]\ )(?:selon|d’après)\b
      | \b(?:dit|disent|affirme|affirment|estime|estiment|juge|jugent|écrit|écrivent|déclare|déclarent|soutient
          |soutiennent|pense|pensent)\ qu(?:e\b|’)
      | «[^»]*$ )""",
    re.IGNORECASE | re.VERBOSE,
)
# A causal verb that is itself negated: « n’explique pas », « n’a pas permis ».
_NEGATION_BEFORE = re.compile(r"\bn(?:e |’)(?:l’|la |le |les |y |en |a |ont )*(?:pas |rien |jamais )?$", re.IGNORECASE)
_NEGATION_AFTER = re.compile(r"^ (?:pas|rien|jamais|aucun|aucune|nullement|en rien)\b", re.IGNORECASE)
_NEGATION_INSIDE = re.compile(r"\bn(?:e |’)(?:a|ont|avait|aura|aurait) (?:pas|rien|jamais) $", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


def causal_words(text: str) -> list[str]:
    """Return the words of a French text that claim a cause, as written, in their order.

    A claim that the sentence takes back (« ne permet pas de dire que… »), negates (« n’explique pas »), attributes to
    somebody (« selon… », a quotation) or asks is not one. « Aucun effet de… » is one: it says what a series alone
    cannot know either.

    >>> causal_words("Le musée a fait baisser le chômage. Grâce à lui, la zone va mieux.")
    ['fait baisser', 'Grâce à']
    >>> causal_words("La série ne permet pas de dire que le musée a fait baisser le chômage.")
    []
    """
    found = []
    plain = text.replace("'", "’").replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    for sentence in _SENTENCE.findall(plain):
        if sentence.rstrip().endswith("?"):
            continue
        for match in _CAUSAL.finditer(sentence):
            before, after = sentence[: match.start()].lstrip(), sentence[match.end() :]
            negated = _NEGATION_BEFORE.search(before) and (
                _NEGATION_AFTER.match(after) or re.search(r"\b(?:pas|rien|jamais) ", before[-8:])
            )
            if not (_DISCLAIMED.search(before) or negated or _NEGATION_INSIDE.search(before)):
                found.append(match[0])
    return found
