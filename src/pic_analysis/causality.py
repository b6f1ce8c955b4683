"""Find in a French text the words that claim a cause: an indicator alone never carries one."""

from __future__ import annotations

import re

# Verbs and phrases that claim a cause. Nouns of the method (contribution, effets fixes) are not among them.
_CAUSAL = re.compile(
    r"""\b(?:
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
        (?:baisser|monter|augmenter|diminuer|reculer|progresser|chuter|croître|venir|partir|naître|remonter)
      | effets?\ (?:de\b|du\b|des\b|d’|sur\b) | impacts?\ (?:de\b|du\b|des\b|d’|sur\b) | impact(?:e|ent|é|ait|er)
      | d(?:û|us|ue|ues)\ (?:à|au|aux)
      | en\ raison\ (?:de|du|des|d’) | à\ l’origine\ (?:de|du|des|d’)
      | résult(?:e|ent|ait|aient|ant)\ (?:de|du|des|d’)
      | imputables?\ (?:à|au|aux)
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
