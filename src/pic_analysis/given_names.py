"""Given names common in France: a capitalised word after one of them is most likely a surname."""

from __future__ import annotations

_WORDS = """
    abdel abdelkader adele adrien agathe agnes ahmed aicha aissatou alain alban albert alberte alex alexandra
    alexandre alexis ali alice aline alphonse amandine amelie ameline amina aminata amine anais andre andree angele
    angelique anita anne annette annick annie anthony antoine antoinette antonin ariane arlette armand armelle
    arnaud arthur astrid aude audrey auguste augustin aurelie aurelien axel axelle aziz baptiste barbara bastien
    beatrice benedicte benjamin benoit bernadette bernard berthe bertrand bilal blandine boris brigitte bruno
    camille carine carlos carole caroline catherine cathy cecile cedric celia celine chantal charlene charles
    charline charlotte chloe christel christelle christian christiane christine christophe claire clara clarisse
    claude claudette claudie claudine clemence clement clementine colette coralie corentin corinne cyprien cyril
    cyrille damien daniel daniele danielle danny david deborah delphine denis denise diane didier dimitri dominique
    dorian dorothee driss edith edmond edouard edwige elena eliane elie eliette elisa elisabeth elise elodie elsa
    emeline emile emilie emilien emma emmanuel emmanuelle enzo eric erwan estelle esther etienne eugene eugenie eva
    evelyne fabien fabienne fabrice fanny farid fatiha fatima fatoumata felix ferdinand fernand fernande flavie
    flavien florence florent florian francine francis franck francois francoise frank fred frederic frederique
    gabriel gabrielle gaelle gaetan gaston gauthier genevieve geoffrey georges georgette gerald geraldine gerard
    germain germaine ghislain ghislaine gilbert gilberte gilles gisele gregoire gregory guillaume gustave guy
    gwenaelle hakim hamid hassan helene henri henriette herve hubert hugo hugues ibrahim ines ingrid irene isabelle
    ismael ivan jacky jacqueline jacques jamila jean jeanine jeanne jeannine jennifer jeremie jeremy jerome jessica
    joel joelle johan johanna jonathan joseph josephine josette josiane juan jules julia julie julien juliette
    justine kamel karim karima karine katia kevin khadija laetitia laila laura laure laurence laurent laurie lea
    leila lena leo leon leonie lilian liliane lionel lisa loic lola lorraine louane louis louise luc lucas lucette
    lucie lucien lucienne lucile ludivine ludovic lydia lydie madeleine mael maelys magali malik malika malo mamadou
    manon manuel marc marcel marceline marcelle margaux margot marguerite maria marianne marie marielle marine
    marion marius marjorie marlene marthe martial martine mathias mathieu mathilde matthieu maud maurice max maxence
    maxime maximilien mehdi melanie melissa michael michel michele micheline mickael mireille mohamed mohammed
    monique morgane mourad moussa muriel mustapha myriam nabil nadege nadia nadine naima nathalie nathan nelly
    nicolas nicole noemie nora noura noureddine odette odile olga olivia olivier omar ophelie oscar ousmane pascal
    pascale patrice patricia patrick paul paule paulette pauline perrine philippe pierre pierrette pierrick quentin
    rachel rachid rania raoul raphael raymond raymonde rebecca regine regis remi remy renaud rene renee richard
    robert rodolphe roger roland rolande romain romuald rosalie rosine sabine sabrina said salim salima salome samia
    samir samuel sandra sandrine sara sarah sebastien serge severine simon simone sofia sofiane solange solene sonia
    sophie soraya stephane stephanie steve steven suzanne sylvain sylvette sylviane sylvie tanguy tatiana theo
    theodore therese thibault thibaut thierry thomas titouan tristan ugo valentin valentine valerie vanessa vera
    veronique victoire victor victoria vincent virginie viviane vivien wilfried william xavier yacine yann yannick
    yasmina yoann yohan yolande youssef yvan yves yvette yvon yvonne zineb zoe zohra
"""

GIVEN_NAMES = frozenset(_WORDS.split())
"""Without accents, in lower case."""

_AMBIGUOUS = "aime ange blanche constant fleur france jade juste modeste noel olive placide prudence rose violette"

ALSO_WORDS = frozenset(_AMBIGUOUS.split())
"""Given names that are first of all other words: they open a name only before a word that is none."""
