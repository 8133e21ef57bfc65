"""What is found of who did what to whom, and whether it happened: one table of sentences.

Each row holds a sentence and its events as "source TYPE target reality said-by", countries by their codes, "-" for
nobody. All of them must be found, and no other that happened or goes on.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import Annotator
from dateline.extract.acts import find_acts
from dateline.extract.attributions import find_attributions
from dateline.extract.places import find_places
from dateline.extract.times import find_times
from dateline.model import Annotated, Cast, Event, Reality, Report, Statement
from dateline.resolve.actors import resolve_actors
from dateline.resolve.events import resolve_events
from dateline.resolve.statements import resolve_statements
from tests.conftest import Annotate

REAL = (Reality.HAPPENED, Reality.ONGOING)


def read(annotated: Annotated) -> tuple[tuple[Event, ...], tuple[Statement, ...], Cast]:
    """The events of an annotated report, found the way the pipeline does without its learned readers."""
    times, places = find_times(annotated, None), find_places(annotated)
    attributions = find_attributions(annotated, fast=True)
    cast = resolve_actors(annotated, places, attributions)
    statements = resolve_statements(annotated, attributions, cast, times)
    acts = find_acts(annotated, attributions, cast)
    return resolve_events(annotated, acts, cast, statements, times, places), statements, cast


def rows(annotated: Annotated) -> list[tuple[str, Reality]]:
    """Each event as the tables write it, with its reality."""
    events, statements, cast = read(annotated)
    names = {a.id: a.country or a.name for a in cast.actors}
    speakers = {s.id: names.get(s.source.actor or "", "-") if s.source else "-" for s in statements}
    found = []
    for e in events:
        sides = ["+".join(sorted({names[i] for i in side})) or "-" for side in (e.source, e.target)]
        said = speakers.get(e.said_by or "", "-")
        found.append((f"{sides[0]} {e.type} {sides[1]} {e.reality} {said}", e.reality))
    return found


REALITY = [
    ("Chile did not expel any Peruvian diplomats.", "CHL SANCTION PER negated -"),
    ("Chile has yet to recognise Peru.", "CHL SUPPORT PER negated -"),
    ("No Peruvian soldiers were arrested by Chile.", "CHL COERCE PER negated -"),
    ("Nobody in Chile attacked Peru.", "CHL ASSAULT PER negated -"),
    ("Brazil refrained from attacking Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil avoided attacking Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil was unable to invade Peru.", "BRA ASSAULT PER negated -"),
    (
        "Instead of bombing Peru, Brazil met Chile.",
        "BRA ASSAULT PER negated -; BRA CONSULT CHL happened -; CHL CONSULT BRA happened -",
    ),
    (
        "Rather than invade Peru, Brazil imposed sanctions on Chile.",
        "BRA ASSAULT PER negated -; BRA SANCTION CHL happened -",
    ),
    ("Neither Brazil nor Chile attacked Peru.", "BRA+CHL ASSAULT PER negated -"),
    ("Brazil stopped short of condemning Peru.", "BRA ACCUSE PER negated -"),
    ("Brazil nearly attacked Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil would have attacked Peru if Chile had not intervened.", "BRA ASSAULT PER negated -"),
    ("Had Brazil attacked Peru, Chile would have responded.", "BRA ASSAULT PER negated -"),
    ("Brazil could have bombed Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil should have condemned Peru.", "BRA ACCUSE PER negated -"),
    ("Brazil cannot attack Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil ruled out attacking Peru.", "BRA REJECT PER happened -; BRA ASSAULT PER negated BRA"),
    ("Brazil did not rule out attacking Peru.", "BRA REJECT PER negated -; BRA ASSAULT PER possible BRA"),
    (
        "Brazil declined to meet Peru.",
        "BRA REJECT PER happened -; BRA CONSULT PER negated BRA; PER CONSULT BRA negated BRA",
    ),
    (
        "Brazil's refusal to meet Peru angered Chile.",
        "BRA REJECT PER happened -; BRA CONSULT PER negated -; PER CONSULT BRA negated -",
    ),
    ("Brazil's failure to condemn Peru angered Chile.", "BRA REJECT PER happened -; BRA ACCUSE PER negated -"),
    ("There was no attack on Peru by Brazil.", "BRA ASSAULT PER negated -"),
    ("There is no evidence that Brazil attacked Peru.", "BRA ASSAULT PER possible -"),
    ("It is not true that Brazil attacked Peru.", "BRA ASSAULT PER negated -"),
    ("Reports that Brazil attacked Peru are false.", "BRA ASSAULT PER denied -"),
    ("Brazil denied attacking Peru.", "BRA ASSAULT PER denied BRA"),
    ("Brazil denied having bombed Peru.", "BRA ASSAULT PER denied -"),
    ("Brazil's denial that it attacked Peru angered Chile.", "BRA ASSAULT PER denied BRA"),
    (
        "Brazil rejected allegations that it had attacked Peru.",
        "BRA REJECT - happened -; BRA ASSAULT PER denied BRA",
    ),
    (
        "Brazil dismissed claims that its troops had attacked Peru.",
        "BRA REJECT - happened -; BRA ASSAULT PER denied BRA",
    ),
    ("Brazil said it had not attacked Peru.", "BRA ASSAULT PER negated BRA"),
    ("Brazil said claims that it attacked Peru were baseless.", "BRA ASSAULT PER denied BRA"),
    ("Brazil prevented an attack on Peru.", "- ASSAULT PER negated -"),
    ("Brazilian police foiled an attack on Peru.", "- ASSAULT PER negated -"),
    ("Brazil will attack Peru next week.", "BRA ASSAULT PER planned -"),
    ("Brazil is going to attack Peru.", "BRA ASSAULT PER planned -"),
    ("Brazil plans to attack Peru.", "BRA THREATEN PER happened -; BRA ASSAULT PER planned -"),
    ("Brazil is preparing to attack Peru.", "BRA MOBILIZE PER ongoing -; BRA ASSAULT PER planned -"),
    ("Brazil is to attack Peru.", "BRA ASSAULT PER planned -"),
    ("Brazil is expected to attack Peru.", "BRA ASSAULT PER planned -"),
    ("Brazil is set to invade Peru.", "BRA ASSAULT PER planned -"),
    ("Brazil intends to impose sanctions on Peru.", "BRA THREATEN PER happened -; BRA SANCTION PER planned -"),
    ("Brazil's plan to attack Peru worried Chile.", "BRA ASSAULT PER planned -"),
    ("Brazil decided to impose sanctions on Peru.", "BRA THREATEN PER happened -; BRA SANCTION PER planned -"),
    ("Brazil and Peru are due to meet in Lima.", "BRA CONSULT PER planned -; PER CONSULT BRA planned -"),
    ("Brazil and Peru to hold talks in Lima.", "BRA CONSULT PER planned -; PER CONSULT BRA planned -"),
    (
        "The president of Brazil meets his Peruvian counterpart tomorrow.",
        "BRA CONSULT PER planned -; PER CONSULT BRA planned -",
    ),
    ("Brazil is meeting Peru next week.", "BRA CONSULT PER planned -; PER CONSULT BRA planned -"),
    (
        "A planned meeting between Brazil and Peru drew criticism.",
        "BRA CONSULT PER planned -; PER CONSULT BRA planned -",
    ),
    (
        "Ahead of talks with Peru, Brazil condemned Chile.",
        "BRA CONSULT PER planned -; PER CONSULT BRA planned -; BRA ACCUSE CHL happened -",
    ),
    ("Brazil might attack Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil could attack Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil may have attacked Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil is likely to attack Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil is unlikely to attack Peru.", "BRA ASSAULT PER possible -"),
    ("Perhaps Brazil attacked Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil is considering attacking Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil is weighing sanctions on Peru.", "BRA THREATEN PER ongoing -; BRA SANCTION PER possible -"),
    ("Chile fears that Brazil will attack Peru.", "BRA ASSAULT PER possible CHL"),
    ("Fears of a Brazilian attack on Peru are growing.", "BRA ASSAULT PER possible -"),
    ("The risk of a Brazilian invasion of Peru is growing.", "BRA ASSAULT PER possible -"),
    ("Chile asked whether Brazil had attacked Peru.", "BRA ASSAULT PER possible CHL"),
    ("It is unclear if Brazil attacked Peru.", "BRA ASSAULT PER possible -"),
    ("Did Brazil attack Peru?", "BRA ASSAULT PER possible -"),
    ("Will Brazil attack Peru?", "BRA ASSAULT PER possible -"),
    ("Should Brazil attack Peru, Chile will respond.", "BRA ASSAULT PER possible -"),
    ("Unless Brazil withdraws from Peru, Chile will attack.", "BRA RETREAT PER possible -; CHL ASSAULT - possible -"),
    ("Brazil would attack Peru if Chile agreed.", "BRA ASSAULT PER possible -; CHL AGREE - possible -"),
    ("Brazil will respond in case Peru attacks Chile.", "BRA ASSAULT - possible -"),
    ("In the event of a Brazilian attack on Peru, Chile will respond.", "BRA ASSAULT PER possible -"),
    ("Chile warned that Brazil would attack Peru.", "BRA ASSAULT PER possible CHL"),
    ("Chile suspects Brazil of attacking Peru.", "CHL ACCUSE BRA happened -; BRA ASSAULT PER possible CHL"),
    ("Brazil allegedly attacked Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil reportedly attacked Peru.", "BRA ASSAULT PER happened -"),
    ("An alleged Brazilian attack on Peru angered Chile.", "BRA ASSAULT PER possible -"),
    ("Chile urged Brazil to release Peruvian prisoners.", "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL"),
    ("Chile called on Brazil to withdraw from Peru.", "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL"),
    (
        "Chile called for the release of Peruvian prisoners by Brazil.",
        "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL",
    ),
    (
        "Chile demanded an end to the Brazilian attacks on Peru.",
        "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL; BRA ASSAULT PER ongoing CHL",
    ),
    ("Chile asked Brazil not to attack Peru.", "CHL REQUEST BRA happened -; BRA ASSAULT PER negated CHL"),
    ("Chile warned Brazil not to attack Peru.", "CHL REQUEST BRA happened -; BRA ASSAULT PER negated CHL"),
    (
        "Brazil must withdraw its troops from Peru, Chile said.",
        "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL",
    ),
    ("Brazil should apologise to Peru, Chile said.", "CHL REQUEST BRA happened -; BRA SUPPORT PER demanded CHL"),
    ("Chile wants Brazil to apologise to Peru.", "CHL REQUEST BRA happened -; BRA SUPPORT PER demanded -"),
    (
        "Chile's call for a Brazilian withdrawal from Peru was ignored.",
        "CHL REQUEST BRA happened -; - REJECT CHL happened -; BRA RETREAT PER demanded -",
    ),
    ("Brazil called off its attack on Peru.", "BRA RETREAT PER happened -; BRA ASSAULT PER called_off -"),
    (
        "Brazil cancelled talks with Peru.",
        "BRA SANCTION PER happened -; BRA CONSULT PER called_off -; PER CONSULT BRA called_off -",
    ),
    ("Brazil's talks with Peru were called off.", "BRA CONSULT PER called_off -; PER CONSULT BRA called_off -"),
    ("The summit between Brazil and Peru was cancelled.", "BRA CONSULT PER called_off -; PER CONSULT BRA called_off -"),
    ("Brazil scrapped plans to invade Peru.", "BRA CONCEDE PER happened -; BRA ASSAULT PER called_off -"),
    ("Brazil abandoned its invasion of Peru.", "BRA RETREAT PER happened -; BRA ASSAULT PER called_off -"),
    (
        "Brazil postponed its meeting with Peru.",
        "BRA SANCTION PER happened -; BRA CONSULT PER called_off -; PER CONSULT BRA called_off -",
    ),
    ("Talks between Brazil and Peru collapsed.", "BRA CONSULT PER called_off -; PER CONSULT BRA called_off -"),
    ("Brazil suspended aid to Peru.", "BRA SANCTION PER happened -; BRA AID PER called_off -"),
    (
        "Brazil pulled out of talks with Peru.",
        "BRA SANCTION PER happened -; BRA CONSULT PER called_off -; PER CONSULT BRA called_off -",
    ),
    (
        "Brazil backed out of a meeting with Peru.",
        "BRA REJECT PER happened -; BRA CONSULT PER called_off -; PER CONSULT BRA called_off -",
    ),
    ("Brazil is bombing Peru.", "BRA ASSAULT PER ongoing -"),
    ("Brazil has been bombing Peru for weeks.", "BRA ASSAULT PER ongoing -"),
    ("Brazil was bombing Peru when Chile attacked.", "BRA ASSAULT PER ongoing -; CHL ASSAULT - happened -"),
    ("Brazil continues to bomb Peru.", "BRA ASSAULT PER ongoing -"),
    ("Brazil keeps attacking Peru.", "BRA ASSAULT PER ongoing -"),
    ("Brazil began bombing Peru.", "BRA ASSAULT PER happened -"),
    ("Brazil managed to invade Peru.", "BRA ASSAULT PER happened -"),
    ("Brazil, which attacked Peru, condemned Chile.", "BRA ASSAULT PER happened -; BRA ACCUSE CHL happened -"),
    ("Peru was attacked by Brazil.", "BRA ASSAULT PER happened -"),
    ("Peru has been invaded by Brazil.", "BRA ASSAULT PER happened -"),
    ("Brazil's attack on Peru shocked Chile.", "BRA ASSAULT PER happened -"),
    ("Brazil did not attack or bomb Peru.", "BRA ASSAULT PER negated -; BRA ASSAULT PER negated -"),
    (
        "Brazil will meet Peru and sign a treaty.",
        "BRA CONSULT PER planned -; PER CONSULT BRA planned -; BRA SUPPORT - planned -",
    ),
    ("Brazil pledged to send aid to Peru.", "BRA AGREE PER happened -; BRA AID PER planned BRA"),
    ("Brazil vowed to attack Peru.", "BRA THREATEN PER happened -; BRA ASSAULT PER planned BRA"),
    (
        "Brazil offered to meet Peru.",
        "BRA AGREE PER happened -; BRA CONSULT PER planned BRA; PER CONSULT BRA planned BRA",
    ),
    ("Brazil refused to release Peruvian prisoners.", "BRA REJECT PER happened -; BRA RETREAT PER negated BRA"),
    (
        "Brazil threatened to cut aid to Peru.",
        "BRA THREATEN PER happened -; BRA SANCTION PER possible BRA; BRA AID PER ongoing BRA",
    ),
    ("Brazil threatened Peru with sanctions.", "BRA THREATEN PER happened -"),
    ('"We will send aid to Peru," Brazil said.', "BRA AGREE PER happened -; BRA AID PER planned BRA"),
    (
        '"We will not negotiate with Peru," Brazil said.',
        "BRA REJECT PER happened -; BRA CONSULT PER negated BRA; PER CONSULT BRA negated BRA",
    ),
    ('"We will attack Peru," Brazil said.', "BRA THREATEN PER happened -; BRA ASSAULT PER planned BRA"),
    ("Brazil said it would send aid to Peru.", "BRA AGREE PER happened -; BRA AID PER planned BRA"),
    ("Brazil said it would attack Peru.", "BRA THREATEN PER happened -; BRA ASSAULT PER planned BRA"),
    ("Brazil, Chile said, attacked Peru.", "BRA ASSAULT PER happened CHL"),
    (
        "Chile accused Brazil of planning to attack Peru.",
        "CHL ACCUSE BRA happened -; BRA THREATEN PER happened CHL; BRA ASSAULT PER planned CHL",
    ),
    ("Chile condemned Brazil for attacking Peru.", "CHL ACCUSE BRA happened -; BRA ASSAULT PER happened CHL"),
    ("Chile condemned the Brazilian attack on Peru.", "CHL ACCUSE BRA happened -; BRA ASSAULT PER happened CHL"),
    (
        "Chile praised Brazil for releasing Peruvian prisoners.",
        "CHL SUPPORT BRA happened -; BRA RETREAT PER happened CHL",
    ),
    ("Chile rejected Peru's offer of talks.", "CHL REJECT PER happened -; PER AGREE - happened CHL"),
    ("Brazil halted its bombing of Peru.", "BRA RETREAT PER happened -; BRA ASSAULT PER happened -"),
    ("Brazil resumed talks with Peru.", "BRA CONSULT PER happened -; PER CONSULT BRA happened -"),
    ("Brazil ended its siege of Lima.", "BRA RETREAT PER happened -; BRA ASSAULT PER happened -"),
    ("Brazil allowed Peruvian inspectors to enter.", "BRA RETREAT PER happened -"),
    ("Brazil tried to attack Peru.", "BRA ASSAULT PER possible -"),
    ("Brazil's attempt to invade Peru failed.", "BRA ASSAULT PER negated -"),
    (
        "The hostages were freed by Brazil after talks with Peru.",
        "BRA RETREAT BRA happened -; BRA CONSULT PER happened -; PER CONSULT BRA happened -",
    ),
    ("Brazil is believed to have attacked Peru.", "BRA ASSAULT PER happened -"),
    ("Brazil is said to be planning to attack Peru.", "BRA THREATEN PER ongoing -; BRA ASSAULT PER planned -"),
    ("Brazil was to have met Peru on Friday.", "BRA CONSULT PER called_off -; PER CONSULT BRA called_off -"),
    ("Brazil had planned to attack Peru.", "BRA THREATEN PER happened -; BRA ASSAULT PER planned -"),
    ("Chile thinks Brazil will not attack Peru.", "BRA ASSAULT PER negated CHL"),
    ("Few believe that Brazil attacked Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil ordered its troops to attack Peru.", "BRA REQUEST BRA happened -; BRA ASSAULT PER demanded BRA"),
    ("Brazil signed a treaty with Peru.", "BRA SUPPORT PER happened -; PER SUPPORT BRA happened -"),
    ("It was not Brazil that attacked Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil has no plans to attack Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil has no intention of attacking Peru.", "BRA AGREE PER negated -; BRA ASSAULT PER negated -"),
    ("Brazil dropped its plan to attack Peru.", "BRA CONCEDE PER happened -; BRA ASSAULT PER called_off -"),
    (
        "Brazil shelved plans for talks with Peru.",
        "BRA CONCEDE PER happened -; BRA CONSULT PER called_off -; PER CONSULT BRA called_off -",
    ),
    ("Brazil decided not to attack Peru.", "BRA AGREE PER happened -; BRA ASSAULT PER negated -"),
    ("Brazil agreed not to attack Peru.", "BRA AGREE PER happened -; BRA ASSAULT PER negated BRA"),
    ("Brazil promised not to attack Peru.", "BRA AGREE PER happened -; BRA ASSAULT PER negated BRA"),
    ("Brazil chose not to meet Peru.", "BRA CONSULT PER negated -; PER CONSULT BRA negated -"),
    ("Brazil opted against sanctions on Peru.", "BRA REJECT PER happened -; - SANCTION PER negated -"),
    ("Brazil opposes sanctions on Peru.", "BRA REJECT PER happened -; - SANCTION PER negated -"),
    ("Brazil rejected calls to impose sanctions on Peru.", "BRA REJECT - happened -; BRA SANCTION PER negated BRA"),
    (
        "Brazil resisted pressure to attack Peru.",
        "BRA REJECT PER happened -; BRA REQUEST PER happened -; BRA ASSAULT PER negated -",
    ),
    (
        "Brazil ruled out talks with Peru.",
        "BRA REJECT PER happened -; BRA CONSULT PER negated BRA; PER CONSULT BRA negated BRA",
    ),
    ("Brazil ruled out military action against Peru.", "BRA REJECT PER happened -"),
    ("A Brazilian attack on Peru was averted.", "BRA ASSAULT PER negated -"),
    ("An attempt by Brazil to invade Peru was foiled.", "- REJECT BRA happened -; BRA ASSAULT PER negated -"),
    ("The planned Brazilian attack on Peru never took place.", "BRA ASSAULT PER negated -"),
    ("The meeting between Brazil and Peru did not take place.", "BRA CONSULT PER negated -; PER CONSULT BRA negated -"),
    (
        "The meeting between Brazil and Peru will take place on Friday.",
        "BRA CONSULT PER planned -; PER CONSULT BRA planned -",
    ),
    (
        "The meeting between Brazil and Peru took place on Friday.",
        "BRA CONSULT PER happened -; PER CONSULT BRA happened -",
    ),
    (
        "Talks between Brazil and Peru are due to begin on Monday.",
        "BRA CONSULT PER planned -; PER CONSULT BRA planned -",
    ),
    ("Talks between Brazil and Peru began on Monday.", "BRA CONSULT PER happened -; PER CONSULT BRA happened -"),
    ("Talks between Brazil and Peru may resume next week.", "BRA CONSULT PER possible -; PER CONSULT BRA possible -"),
    ("Brazil and Peru failed to hold talks.", "BRA CONSULT PER negated -; PER CONSULT BRA negated -"),
    ("No talks were held between Brazil and Peru.", "BRA CONSULT PER negated -; PER CONSULT BRA negated -"),
    ("No agreement was signed by Brazil and Peru.", "BRA SUPPORT PER negated -; PER SUPPORT BRA negated -"),
    ("Brazil has not yet recognised Peru.", "BRA SUPPORT PER negated -"),
    ("Brazil is yet to condemn Peru.", "BRA ACCUSE PER negated -"),
    ("Brazil is no longer bombing Peru.", "BRA ASSAULT PER negated -"),
    ("Brazil no longer supports Peru.", "BRA SUPPORT PER negated -"),
    ("Brazil has stopped bombing Peru.", "BRA RETREAT PER happened -; BRA ASSAULT PER happened -"),
    ("Brazil stopped Peru from attacking Chile.", "BRA COERCE PER happened -; PER ASSAULT CHL negated -"),
    ("Chile prevented Brazil from attacking Peru.", "CHL COERCE BRA happened -; BRA ASSAULT PER negated -"),
    ("Chile persuaded Brazil not to attack Peru.", "CHL REQUEST BRA happened -; BRA ASSAULT PER negated -"),
    ("Chile ordered Brazil to withdraw from Peru.", "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL"),
    ("Chile blocked a Brazilian attack on Peru.", "BRA ASSAULT PER negated -"),
    ("Chile claims that Brazil attacked Peru.", "BRA ASSAULT PER happened CHL"),
    ("Chile confirmed that Brazil attacked Peru.", "BRA ASSAULT PER happened CHL"),
    ("Chile did not confirm that Brazil attacked Peru.", "BRA ASSAULT PER possible CHL"),
    ("Chile could not say whether Brazil attacked Peru.", "BRA ASSAULT PER possible CHL"),
    ("Chile does not believe that Brazil attacked Peru.", "BRA ASSAULT PER negated CHL"),
    ("Chile does not think Brazil will attack Peru.", "BRA ASSAULT PER negated CHL"),
    ("Chile disputes that Brazil attacked Peru.", "CHL REJECT PER happened -; BRA ASSAULT PER possible CHL"),
    ("Chile questioned whether Brazil attacked Peru.", "BRA ASSAULT PER possible CHL"),
    ("Chile falsely claimed that Brazil attacked Peru.", "BRA ASSAULT PER negated CHL"),
    ("Chile predicted that Brazil would attack Peru.", "BRA ASSAULT PER possible CHL"),
    ("Chile believes Brazil may attack Peru.", "BRA ASSAULT PER possible CHL"),
    ("Chile alleges that Brazil attacked Peru.", "CHL ACCUSE BRA happened -; BRA ASSAULT PER happened CHL"),
    ("Chile is worried that Brazil might attack Peru.", "CHL ACCUSE BRA happened -; BRA ASSAULT PER possible -"),
    ("Chile is investigating whether Brazil attacked Peru.", "CHL ACCUSE BRA ongoing -; BRA ASSAULT PER possible -"),
    ("Chile is investigating a Brazilian attack on Peru.", "CHL ACCUSE PER ongoing -; BRA ASSAULT PER possible -"),
    ("Chile is bracing for a Brazilian attack.", "CHL MOBILIZE BRA ongoing -; BRA ASSAULT - planned -"),
    ("Chile is preparing for talks with Peru.", "CHL CONSULT PER planned -; PER CONSULT CHL planned -"),
    (
        "Chile asked Brazil to stop bombing Peru.",
        "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL; BRA ASSAULT PER ongoing CHL",
    ),
    (
        "Chile insisted that Brazil withdraw its troops from Peru.",
        "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL",
    ),
    ("Chile insisted that Brazil attacked Peru.", "BRA ASSAULT PER happened CHL"),
    ("Chile demanded Brazil's withdrawal from Peru.", "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL"),
    (
        "Chile urged Brazil and Peru to hold talks.",
        "CHL REQUEST BRA+PER happened -; BRA CONSULT PER demanded CHL; PER CONSULT BRA demanded CHL",
    ),
    (
        "Chile said Brazil and Peru should hold talks.",
        "CHL REQUEST BRA+PER happened -; BRA CONSULT PER demanded CHL; PER CONSULT BRA demanded CHL",
    ),
    (
        "Chile called for talks between Brazil and Peru.",
        "CHL REQUEST BRA+PER happened -; BRA CONSULT PER demanded CHL; PER CONSULT BRA demanded CHL",
    ),
    ("Chile called for sanctions against Brazil.", "CHL ACCUSE BRA happened -; - SANCTION BRA demanded CHL"),
    ("Chile called on Brazil not to attack Peru.", "CHL REQUEST BRA happened -; BRA ASSAULT PER negated CHL"),
    ("Chile begged Brazil to free the hostages.", "CHL REQUEST BRA happened -; BRA RETREAT BRA demanded CHL"),
    ("Chile wants talks with Brazil.", "CHL CONSULT BRA demanded -; BRA CONSULT CHL demanded -"),
    ("Chile does not want Brazil to attack Peru.", "CHL REQUEST BRA negated -; BRA ASSAULT PER possible -"),
    (
        '"Brazil should stop the bombing of Peru," a Chilean minister said.',
        "CHL REQUEST BRA happened -; BRA RETREAT PER demanded CHL; BRA ASSAULT PER ongoing CHL",
    ),
    ('"We condemn the attack on Peru," Chile said.', "CHL ACCUSE PER happened -; - ASSAULT PER happened CHL"),
    ('"We reject the Brazilian offer," Peru said.', "PER REJECT BRA happened -; BRA AGREE - happened PER"),
    ('"We did not attack Peru," Brazil said.', "BRA ASSAULT PER negated BRA"),
    ('"We never attacked Peru," Brazil\'s foreign ministry said.', "BRA ASSAULT PER negated BRA"),
    ('"Brazil attacked us," Peru said.', "BRA ASSAULT PER happened PER"),
    ('"If Brazil attacks, we will respond," Peru said.', "BRA ASSAULT - possible PER"),
    ("Peru denied Chilean claims that it attacked Brazil.", "PER REJECT CHL happened -; PER ASSAULT BRA denied PER"),
    ("Peru denies that Brazil attacked it.", "BRA ASSAULT PER denied PER"),
    ("Peru denied that its troops had killed Brazilian soldiers.", "PER ASSAULT BRA denied PER"),
    ("Peru said it did not bomb Brazil.", "PER ASSAULT BRA negated PER"),
    ("Peru dismissed as false reports that it had bombed Brazil.", "PER REJECT - happened -; PER ASSAULT BRA denied -"),
    ("Peru neither confirmed nor denied that it attacked Brazil.", "PER ASSAULT BRA possible PER"),
    ("Peru did not deny that it attacked Brazil.", "PER ASSAULT BRA possible PER"),
    ("Peru admitted that it attacked Brazil.", "PER ASSAULT BRA happened PER"),
    ("Peru admitted attacking Brazil.", "PER ASSAULT BRA happened PER"),
    ("Peru regretted attacking Brazil.", "PER ASSAULT BRA happened PER"),
    ("Peru apologised for attacking Brazil.", "PER SUPPORT BRA happened -; PER ASSAULT BRA happened PER"),
    ("Peru thanked Brazil for sending aid.", "PER SUPPORT BRA happened -; BRA AID - happened PER"),
    (
        "Peru accused Brazil of refusing to hold talks.",
        "PER ACCUSE BRA happened -; BRA REJECT - happened PER",
    ),
    ("Peru was accused of attacking Brazil.", "- ACCUSE PER happened -; PER ASSAULT BRA happened -"),
    ("Peru is accused of having attacked Brazil.", "- ACCUSE PER happened -; PER ASSAULT BRA happened -"),
    ("Peru blamed Brazil for the attack.", "PER ACCUSE BRA happened -"),
    ("Peru suspects that Brazil attacked Chile.", "PER ACCUSE BRA happened -; BRA ASSAULT CHL possible PER"),
    ("Peru is suspected of attacking Brazil.", "- ACCUSE PER happened -; PER ASSAULT BRA possible -"),
    (
        "Peru would only sign the treaty with Brazil on one condition.",
        "PER SUPPORT BRA planned -; BRA SUPPORT PER planned -",
    ),
    (
        "Peru is ready to hold talks with Brazil.",
        "PER AGREE BRA happened -; PER CONSULT BRA planned -; BRA CONSULT PER planned -",
    ),
    (
        "Peru is not ready to hold talks with Brazil.",
        "PER AGREE BRA negated -; PER CONSULT BRA negated -; BRA CONSULT PER negated -",
    ),
    ("Peru is willing to release Brazilian prisoners.", "PER AGREE BRA happened -; PER RETREAT BRA planned -"),
    ("Peru is reluctant to impose sanctions on Brazil.", "PER REJECT BRA happened -; PER SANCTION BRA negated -"),
    ("Peru is determined to attack Brazil.", "PER THREATEN BRA happened -; PER ASSAULT BRA planned -"),
    ("Peru is about to attack Brazil.", "PER ASSAULT BRA planned -"),
    ("Peru is able to attack Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru is not able to attack Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru is capable of attacking Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru is entitled to attack Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru has the right to attack Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru has the ability to attack Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru ought to apologise to Brazil.", "PER SUPPORT BRA demanded -"),
    ("Peru might have attacked Brazil if Chile had not intervened.", "PER ASSAULT BRA possible -"),
    ("Peru should have apologised to Brazil.", "PER SUPPORT BRA negated -"),
    ("Peru must have attacked Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru was going to attack Brazil.", "PER ASSAULT BRA planned -"),
    ("Peru was about to attack Brazil when Chile intervened.", "PER ASSAULT BRA planned -"),
    ("Peru was supposed to meet Brazil on Friday.", "PER CONSULT BRA planned -; BRA CONSULT PER planned -"),
    ("Peru was expected to meet Brazil on Friday.", "PER CONSULT BRA planned -; BRA CONSULT PER planned -"),
    ("Peru was to meet Brazil on Friday.", "PER CONSULT BRA planned -; BRA CONSULT PER planned -"),
    ("Peru hoped to meet Brazil.", "PER CONSULT BRA planned -; BRA CONSULT PER planned -"),
    ("Peru wanted to attack Brazil.", "PER ASSAULT BRA planned -"),
    ("Peru considered attacking Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru thought about attacking Brazil.", "PER ASSAULT BRA possible -"),
    ("Peru came close to attacking Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru stopped just short of attacking Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru almost invaded Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru is far from invading Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru pretended to attack Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru simulated an attack on Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru rehearsed an invasion of Brazil.", "- ASSAULT BRA possible -"),
    (
        "Peru withdrew its threat to attack Brazil.",
        "PER CONCEDE BRA happened -; PER THREATEN BRA called_off -; PER ASSAULT BRA called_off PER",
    ),
    ("Peru repeated its threat to attack Brazil.", "PER THREATEN BRA happened -; PER ASSAULT BRA possible PER"),
    ("Peru's threat to attack Brazil alarmed Chile.", "PER THREATEN BRA happened -; PER ASSAULT BRA possible PER"),
    (
        "Peru's promise to send aid to Brazil was welcomed.",
        "PER AGREE BRA happened -; PER AID BRA planned PER; - SUPPORT PER happened -",
    ),
    (
        "Peru's offer to hold talks with Brazil was rejected.",
        "PER AGREE BRA happened -; - REJECT PER happened -; PER CONSULT BRA negated PER; BRA CONSULT PER negated PER",
    ),
    ("The possibility that Peru will attack Brazil is remote.", "PER ASSAULT BRA possible -"),
    (
        "The danger of a war between Peru and Brazil is growing.",
        "PER ASSAULT BRA possible -; BRA ASSAULT PER possible -",
    ),
    (
        "In the absence of talks between Peru and Brazil, Chile withdrew.",
        "PER CONSULT BRA negated -; BRA CONSULT PER negated -; CHL RETREAT - happened -",
    ),
    ("Lack of talks between Peru and Brazil worried Chile.", "PER CONSULT BRA negated -; BRA CONSULT PER negated -"),
    ("Peru left without meeting Brazil.", "PER CONSULT BRA negated -; BRA CONSULT PER negated -"),
    ("Peru withdrew without attacking Brazil.", "PER RETREAT BRA happened -; PER ASSAULT BRA negated -"),
    ("Peru could not have attacked Brazil.", "PER ASSAULT BRA negated -"),
    ("Peru cannot have attacked Brazil.", "PER ASSAULT BRA negated -"),
    ("Not a single Peruvian soldier was killed by Brazil.", "BRA ASSAULT PER negated -"),
    ("None of the Peruvian soldiers attacked Brazil.", "PER ASSAULT BRA negated -"),
    ("Only Peru attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("Hardly had Peru attacked Brazil when Chile intervened.", "PER ASSAULT BRA negated -"),
    ("Peru rarely criticises Brazil.", "PER ACCUSE BRA happened -"),
    ("Peru seldom attacks Brazil.", "PER ASSAULT BRA happened -"),
    ("As soon as Peru attacks Brazil, Chile will intervene.", "PER ASSAULT BRA planned -"),
    ("When Peru attacks Brazil, Chile will intervene.", "PER ASSAULT BRA planned -"),
    (
        "Once Peru withdraws from Brazil, Chile will lift the sanctions.",
        "PER RETREAT BRA planned -; CHL CONCEDE - planned -; CHL SANCTION - ongoing -",
    ),
    (
        "Until Peru withdraws from Brazil, Chile will not lift the sanctions.",
        "PER RETREAT BRA planned -; CHL REJECT PER happened -; CHL CONCEDE - negated -; CHL SANCTION - ongoing -",
    ),
    ("Before Peru attacked Brazil, Chile condemned it.", "PER ASSAULT BRA happened -; CHL ACCUSE PER happened -"),
    ("After Peru attacked Brazil, Chile condemned it.", "PER ASSAULT BRA happened -; CHL ACCUSE PER happened -"),
    (
        "Peru, accused of attacking Brazil, condemned Chile.",
        "- ACCUSE PER happened -; PER ASSAULT BRA happened -; PER ACCUSE CHL happened -",
    ),
    ("Peru, which did not attack Brazil, condemned Chile.", "PER ASSAULT BRA negated -; PER ACCUSE CHL happened -"),
    ("Peru attacked Brazil, not Chile.", "PER ASSAULT BRA happened -"),
    ("Peru attacked Chile but not Brazil.", "PER ASSAULT CHL happened -"),
    ("Peru did not attack Brazil but Chile.", "PER ASSAULT BRA negated -"),
    (
        "Peru met Brazil but did not sign the treaty.",
        "PER CONSULT BRA happened -; BRA CONSULT PER happened -; PER SUPPORT - negated -",
    ),
    ("Has Peru attacked Brazil?", "PER ASSAULT BRA possible -"),
    ("The attack on Brazil that Peru planned did not happen.", "- ASSAULT BRA negated -"),
    ("There were no Peruvian attacks on Brazil.", "PER ASSAULT BRA negated -"),
    ("There have been no talks between Peru and Brazil.", "PER CONSULT BRA negated -; BRA CONSULT PER negated -"),
    ("There will be no talks between Peru and Brazil.", "PER CONSULT BRA negated -; BRA CONSULT PER negated -"),
    ("There will be talks between Peru and Brazil.", "PER CONSULT BRA planned -; BRA CONSULT PER planned -"),
    ("There may be talks between Peru and Brazil.", "PER CONSULT BRA possible -; BRA CONSULT PER possible -"),
    ("There are reports that Peru attacked Brazil.", "PER ASSAULT BRA possible -"),
    ("There is speculation that Peru will attack Brazil.", "PER ASSAULT BRA possible -"),
    ("Rumours that Peru attacked Brazil proved false.", "PER ASSAULT BRA denied -"),
    ("Claims that Peru attacked Brazil were denied by Lima.", "PER REJECT - happened -; PER ASSAULT BRA denied PER"),
    ("It is false that Peru attacked Brazil.", "PER ASSAULT BRA denied -"),
    ("It is not clear whether Peru attacked Brazil.", "PER ASSAULT BRA possible -"),
    ("It is possible that Peru attacked Brazil.", "PER ASSAULT BRA possible -"),
    ("It is likely that Peru will attack Brazil.", "PER ASSAULT BRA possible -"),
    ("It is unlikely that Peru attacked Brazil.", "PER ASSAULT BRA possible -"),
    ("It is unthinkable that Peru would attack Brazil.", "PER ASSAULT BRA negated -"),
    ("It is feared that Peru will attack Brazil.", "PER ASSAULT BRA possible -"),
    ("It was reported that Peru attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("It appears that Peru attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("It seems Peru attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("Peru appears to have attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("Peru seems to be preparing to attack Brazil.", "PER MOBILIZE BRA ongoing -; PER ASSAULT BRA planned -"),
    ("Peru is thought to have attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("Peru is reported to have attacked Brazil.", "PER ASSAULT BRA happened -"),
    ("Peru is rumoured to be planning an attack on Brazil.", "PER THREATEN BRA possible -; PER ASSAULT BRA possible -"),
    ("Peru is threatening to attack Brazil.", "PER THREATEN BRA ongoing -; PER ASSAULT BRA possible PER"),
    (
        "Peru is refusing to meet Brazil.",
        "PER REJECT BRA ongoing -; PER CONSULT BRA negated PER; BRA CONSULT PER negated PER",
    ),
    (
        "Peru has refused to meet Brazil.",
        "PER REJECT BRA happened -; PER CONSULT BRA negated PER; BRA CONSULT PER negated PER",
    ),
    (
        "Peru will refuse to meet Brazil.",
        "PER REJECT BRA planned -; PER CONSULT BRA negated -; BRA CONSULT PER negated -",
    ),
    (
        "Peru may refuse to meet Brazil.",
        "PER REJECT BRA possible -; PER CONSULT BRA possible -; BRA CONSULT PER possible -",
    ),
    (
        "Peru did not refuse to meet Brazil.",
        "PER REJECT BRA negated -; PER CONSULT BRA possible PER; BRA CONSULT PER possible PER",
    ),
    ("Ukraine said Russia denied the attack on Kharkiv.", "- ASSAULT UKR denied RUS"),
    (
        "Ethiopia rejected claims that its troops shelled Sudanese villages.",
        "ETH REJECT - happened -; ETH ASSAULT SDN denied ETH",
    ),
    ("India threatened to expel Pakistani diplomats.", "IND THREATEN PAK happened -; IND SANCTION PAK possible IND"),
    (
        "India threatened to expel Pakistani diplomats unless Pakistan released the pilot.",
        "IND THREATEN PAK happened -; IND SANCTION PAK possible IND; PAK RETREAT PAK possible -",
    ),
    (
        "The planned summit between the United States and North Korea was scrapped.",
        "USA CONSULT PRK called_off -; PRK CONSULT USA called_off -",
    ),
    ("Egypt and Ethiopia have yet to sign an agreement.", "EGY SUPPORT ETH negated -; ETH SUPPORT EGY negated -"),
    ("France is considering sending troops to Niger.", "FRA MOBILIZE NER possible -"),
    ("The Serbian president visited China last week.", "SRB CONSULT CHN happened -"),
    ("China's foreign minister is expected to visit India.", "CHN CONSULT IND planned -"),
    (
        "Turkey would not have attacked Syria without Russian support.",
        "TUR ASSAULT SYR possible -; RUS SUPPORT - negated -",
    ),
    ("Spain recalled its ambassador from Argentina.", "ESP SANCTION ARG happened -"),
    ("Three Turkish soldiers were killed in an attack by Kurdish rebels.", "TUR ASSAULT TUR happened -"),
    (
        "Talks between Greece and Turkey ended without an agreement.",
        "GRC CONSULT TUR happened -; TUR CONSULT GRC happened -",
    ),
    (
        "The UN Security Council voted against sanctions on Mali.",
        "UN Security Council REJECT MLI happened -; - SANCTION MLI negated -",
    ),
    (
        "Greece will not extradite eight Turkish soldiers to Turkey.",
        "GRC REJECT TUR happened -; GRC COOPERATE TUR negated -",
    ),
    (
        "Israel will attack if talks with Iran fail.",
        "ISR ASSAULT - possible -; ISR CONSULT IRN happened -; IRN CONSULT ISR happened -",
    ),
    (
        "Colombia stopped short of breaking off relations with Venezuela.",
        "COL SANCTION VEN negated -; VEN SANCTION COL negated -",
    ),
    ("Rwanda denied ever attacking Congo.", "RWA ASSAULT COD denied RWA"),
    ("Officials in Baku denied that Azerbaijani forces had crossed into Armenia.", "AZE ASSAULT ARM denied AZE"),
    (
        "The Kremlin denied reports that Russia had shelled Kharkiv.",
        "RUS REJECT - happened -; RUS ASSAULT UKR denied RUS",
    ),
    ("Russia may not have shelled Kharkiv, experts said.", "RUS ASSAULT UKR possible experts"),
    ("There is no indication that Iran attacked the Israeli embassy.", "IRN ASSAULT ISR possible -"),
    ("The Taliban have not released any American hostages.", "AFG RETREAT USA negated -"),
    ("Niger expelled the French ambassador.", "NER SANCTION FRA happened -"),
    ("Niger was about to expel the French ambassador.", "NER SANCTION FRA planned -"),
    ("Niger has decided to expel the French ambassador.", "NER THREATEN FRA happened -; NER SANCTION FRA planned -"),
    (
        "Niger reversed its decision to expel the French ambassador.",
        "NER CONCEDE FRA happened -; NER SANCTION FRA called_off -",
    ),
    ("Niger asked France to withdraw its ambassador.", "NER REQUEST FRA happened -; FRA SANCTION NER demanded NER"),
    ("Niger demanded the withdrawal of French troops.", "NER REQUEST FRA happened -; - RETREAT FRA demanded NER"),
    ("France has begun withdrawing its troops from Niger.", "FRA RETREAT NER happened -"),
    ("France has completed the withdrawal of its troops from Niger.", "FRA RETREAT NER happened -"),
    ("France will complete the withdrawal of its troops from Niger next month.", "FRA RETREAT NER planned -"),
    ("France delayed the withdrawal of its troops from Niger.", "FRA RETREAT NER called_off -"),
    ("The withdrawal of French troops from Niger was delayed.", "FRA RETREAT NER called_off -"),
    ("A withdrawal of French troops from Niger is unlikely.", "FRA RETREAT NER possible -"),
    ("The arrest of three French citizens by Niger angered Paris.", "- COERCE FRA happened -"),
    ("Niger arrested no French citizens.", "NER COERCE FRA negated -"),
    ("Nobody was arrested by Niger.", "NER COERCE - negated -"),
    ("Poland could close its border with Belarus.", "POL SANCTION BLR possible -"),
    ("Poland has closed its border with Belarus.", "POL SANCTION BLR happened -"),
    ("Poland reopened its border with Belarus.", "POL CONCEDE BLR happened -"),
    ("Poland vowed never to recognise Belarus.", "POL REJECT BLR happened -; POL SUPPORT BLR negated POL"),
    ("Poland pledged not to attack Belarus.", "POL AGREE BLR happened -; POL ASSAULT BLR negated POL"),
    ("Poland is not planning to attack Belarus.", "POL THREATEN BLR negated -; POL ASSAULT BLR negated -"),
    ("Poland abandoned the idea of attacking Belarus.", "POL RETREAT BLR happened -; POL ASSAULT BLR called_off -"),
    ("An attack by Poland on Belarus is imminent.", "POL ASSAULT BLR planned -"),
    ("An attack by Poland on Belarus would be a disaster.", "POL ASSAULT BLR possible -"),
    ("A Polish attack on Belarus cannot be ruled out.", "POL ASSAULT BLR possible -; - REJECT BLR negated -"),
    ("A Polish attack on Belarus has been ruled out.", "POL ASSAULT BLR negated -; - REJECT BLR happened -"),
    ("Poland's supposed attack on Belarus never happened.", "POL ASSAULT BLR negated -"),
    ("Poland's failed attack on Belarus shocked Lithuania.", "POL ASSAULT BLR negated -"),
    ("Poland's attempted invasion of Belarus failed.", "POL ASSAULT BLR negated -"),
    ("Poland tried and failed to invade Belarus.", "POL ASSAULT BLR negated -"),
    ("Poland was prevented from attacking Belarus.", "- COERCE POL happened -; POL ASSAULT BLR negated -"),
    ("Poland was stopped from attacking Belarus.", "- COERCE POL happened -; POL ASSAULT BLR negated -"),
    ("Poland was deterred from attacking Belarus.", "- THREATEN POL happened -; POL ASSAULT BLR negated -"),
    ("Poland was forced to withdraw from Belarus.", "- COERCE POL happened -; POL RETREAT BLR happened -"),
    ("Poland was allowed to withdraw from Belarus.", "- CONCEDE POL happened -; POL RETREAT BLR possible -"),
    ("Poland was asked to withdraw from Belarus.", "- REQUEST POL happened -; POL RETREAT BLR demanded -"),
    ("Poland was urged to withdraw from Belarus.", "- REQUEST POL happened -; POL RETREAT BLR demanded -"),
    ("Poland was accused of having armed rebels in Belarus.", "- ACCUSE POL happened -"),
    ("Poland was reported to have attacked Belarus.", "POL ASSAULT BLR happened -"),
    ("Poland was wrongly accused of attacking Belarus.", "- ACCUSE POL happened -; POL ASSAULT BLR negated -"),
    ("Lithuania does not know whether Poland attacked Belarus.", "POL ASSAULT BLR possible LTU"),
    ("Lithuania is sure that Poland attacked Belarus.", "POL ASSAULT BLR happened -"),
    ("Lithuania is not sure that Poland attacked Belarus.", "POL ASSAULT BLR possible -"),
    (
        "Lithuania would welcome a Polish withdrawal from Belarus.",
        "LTU SUPPORT BLR planned -; POL RETREAT BLR possible -",
    ),
    (
        "Lithuania welcomed the Polish withdrawal from Belarus.",
        "LTU SUPPORT BLR happened -; POL RETREAT BLR happened LTU",
    ),
    ("Lithuania hopes for a Polish withdrawal from Belarus.", "POL RETREAT BLR planned -"),
    ("Lithuania supports a Polish withdrawal from Belarus.", "LTU SUPPORT POL happened -; POL RETREAT BLR possible -"),
    (
        "Lithuania proposed talks between Poland and Belarus.",
        "LTU REQUEST BLR+POL happened -; POL CONSULT BLR planned LTU; BLR CONSULT POL planned LTU",
    ),
    ("Lithuania hosted talks between Poland and Belarus.", "POL CONSULT BLR happened -; BLR CONSULT POL happened -"),
    ("Lithuania mediated between Poland and Belarus.", "LTU CONSULT BLR+POL happened -"),
    (
        "Lithuania offered to mediate between Poland and Belarus.",
        "LTU AGREE BLR+POL happened -; LTU CONSULT BLR+POL planned LTU",
    ),
    ('"Poland attacked us first," Belarus said.', "POL ASSAULT BLR happened BLR"),
    ('"Poland has never attacked Belarus," a Polish spokesman said.', "POL ASSAULT BLR negated POL"),
    ('"We may attack Belarus," Poland said.', "POL ASSAULT BLR possible POL"),
    ('"We would never attack Belarus," Poland said.', "POL ASSAULT BLR negated POL"),
    ('"We want talks with Belarus," Poland said.', "POL CONSULT BLR demanded POL; BLR CONSULT POL demanded POL"),
    ('"We are ready for talks with Belarus," Poland said.', "POL AGREE BLR happened -; POL CONSULT BLR planned POL"),
    ('"Poland should not attack Belarus," Lithuania said.', "LTU REQUEST POL happened -; POL ASSAULT BLR negated LTU"),
    (
        '"If Poland attacks Belarus, we will impose sanctions," Lithuania said.',
        "POL ASSAULT BLR possible LTU; LTU THREATEN POL happened -; LTU SANCTION POL possible LTU",
    ),
    ('"Poland did not, I repeat, did not attack Belarus," a Polish minister said.', "POL ASSAULT BLR negated POL"),
    ("Lithuania said it feared that Poland would attack Belarus.", "POL ASSAULT BLR possible LTU"),
    ("Lithuania said it had evidence that Poland attacked Belarus.", "POL ASSAULT BLR happened LTU"),
    ("Lithuania said there was no evidence that Poland attacked Belarus.", "POL ASSAULT BLR possible LTU"),
    ("According to Lithuania, Poland did not attack Belarus.", "POL ASSAULT BLR negated LTU"),
    ("Poland, according to Lithuania, attacked Belarus.", "POL ASSAULT BLR happened LTU"),
    ("Poland attacked Belarus, Lithuania claimed.", "POL ASSAULT BLR happened LTU"),
    ("Poland attacked Belarus, according to Lithuania.", "POL ASSAULT BLR happened LTU"),
    ("Poland's foreign minister denied, however, that Poland had attacked Belarus.", "POL ASSAULT BLR denied POL"),
    ("Two Polish soldiers were said to have been killed by Belarus.", "BLR ASSAULT POL happened -"),
    ("Belarus is thought to have killed two Polish soldiers.", "BLR ASSAULT POL happened -"),
    ("Belarus has been accused by Poland of jamming its radio.", "POL ACCUSE BLR happened -"),
    (
        "After refusing for years, Poland met Belarus.",
        "POL REJECT - happened -; POL CONSULT BLR happened -; BLR CONSULT POL happened -",
    ),
    (
        "Poland met Belarus despite refusing to recognise it.",
        "POL CONSULT BLR happened -; BLR CONSULT POL happened -; POL REJECT BLR happened -; POL SUPPORT - negated POL",
    ),
    ("Poland and Belarus did not meet.", "POL CONSULT BLR negated -; BLR CONSULT POL negated -"),
    ("Poland and Belarus were to meet on Friday.", "POL CONSULT BLR planned -; BLR CONSULT POL planned -"),
    (
        "Poland and Belarus were supposed to meet, but the talks were cancelled.",
        "POL CONSULT BLR planned -; BLR CONSULT POL planned -",
    ),
    (
        "Poland agreed to a meeting with Belarus.",
        "POL AGREE BLR happened -; POL CONSULT BLR planned -; BLR CONSULT POL planned -",
    ),
    (
        "Poland proposed a meeting with Belarus.",
        "POL REQUEST BLR happened -; POL CONSULT BLR planned POL; BLR CONSULT POL planned POL",
    ),
    ("Poland hinted at a meeting with Belarus.", "POL CONSULT BLR possible POL"),
    (
        "Poland ruled out a meeting with Belarus.",
        "POL REJECT BLR happened -; POL CONSULT BLR negated POL; BLR CONSULT POL negated POL",
    ),
    ("Poland skipped a meeting with Belarus.", "POL CONSULT BLR negated -; BLR CONSULT POL negated -"),
    (
        "Poland boycotted a meeting with Belarus.",
        "POL SANCTION BLR happened -; POL CONSULT BLR negated -; BLR CONSULT POL negated -",
    ),
    (
        "Poland postponed a meeting with Belarus until June.",
        "POL SANCTION BLR happened -; POL CONSULT BLR called_off -; BLR CONSULT POL called_off -",
    ),
    (
        "Poland walked out of a meeting with Belarus.",
        "POL SANCTION BLR happened -; POL CONSULT BLR called_off -; BLR CONSULT POL called_off -",
    ),
    (
        "Poland left the meeting with Belarus early.",
        "POL SANCTION BLR happened -; POL CONSULT BLR happened -; BLR CONSULT POL happened -",
    ),
    ("No Syrian troops crossed into Jordan.", "SYR ASSAULT JOR negated -"),
    ("Jordan is not expected to recognise Syria.", "JOR SUPPORT SYR negated -"),
    ("Jordan is expected not to recognise Syria.", "JOR SUPPORT SYR negated -"),
    ("Jordan has ruled out recognising Syria.", "JOR REJECT SYR happened -; JOR SUPPORT SYR negated -"),
    ("Jordan said on Monday that Syrian troops had crossed into its territory.", "SYR ASSAULT JOR happened JOR"),
    ("Jordan's king will travel to Damascus next week for talks with Syria's president.", "JOR CONSULT SYR planned -"),
    ("Jordan's king put off a visit to Damascus.", "JOR SANCTION SYR happened -; JOR CONSULT SYR called_off -"),
    ("Jordan's king cut short a visit to Damascus.", "JOR SANCTION SYR happened -; JOR CONSULT SYR called_off -"),
    ("Jordan would have to close its border with Syria if the fighting continued.", "JOR SANCTION SYR possible -"),
    ("Jordan might be forced to close its border with Syria.", "- COERCE JOR possible -; JOR SANCTION SYR possible -"),
    (
        "Syria has agreed in principle to a ceasefire with Jordan.",
        "SYR AGREE JOR happened -; SYR RETREAT JOR planned -; JOR RETREAT SYR planned -",
    ),
    ("Syria and Jordan are close to signing a peace treaty.", "SYR SUPPORT JOR possible -; JOR SUPPORT SYR possible -"),
    ("Syria and Jordan nearly went to war.", "SYR ASSAULT JOR negated -; JOR ASSAULT SYR negated -"),
    ("Syria and Jordan signed a peace treaty in 1994.", "SYR SUPPORT JOR happened -; JOR SUPPORT SYR happened -"),
    ("Syria and Jordan could sign a peace treaty by June.", "SYR SUPPORT JOR possible -; JOR SUPPORT SYR possible -"),
    ("Syria violated its treaty with Jordan.", "SYR REJECT JOR happened -"),
    ("Syria denies violating its treaty with Jordan.", "SYR REJECT JOR denied SYR"),
    ("Syria was not behind the attack on Jordan.", "- ASSAULT JOR happened -"),
    ("It was Syria that attacked Jordan.", "SYR ASSAULT JOR happened -"),
    ("What Syria attacked was Jordan.", "SYR ASSAULT - happened -"),
    (
        "Syria, which denies attacking Jordan, condemned Lebanon.",
        "SYR ASSAULT JOR denied SYR; SYR ACCUSE LBN happened -",
    ),
    (
        "Jordanian police have not ruled out arresting Syrian diplomats.",
        "JOR REJECT SYR negated -; JOR COERCE SYR possible JOR",
    ),
    (
        "Jordan declined to say whether it had arrested Syrian diplomats.",
        "JOR REJECT SYR happened -; JOR COERCE SYR possible JOR",
    ),
    (
        "Jordan refused to confirm that it had arrested Syrian diplomats.",
        "JOR REJECT SYR happened -; JOR COERCE SYR possible JOR",
    ),
    ("Jordan neither arrested nor expelled Syrian diplomats.", "JOR COERCE SYR negated -; JOR SANCTION SYR negated -"),
    ("Jordan pardoned the Syrian rebels it had jailed.", "JOR CONCEDE SYR happened -; JOR COERCE SYR happened -"),
    (
        "Jordan is to release the Syrian rebels it jailed last year.",
        "JOR RETREAT SYR planned -; JOR COERCE SYR happened -",
    ),
    ("Jordan released no Syrian rebels.", "JOR RETREAT SYR negated -"),
    (
        "Jordan has been urged by Syria to extradite the rebels.",
        "SYR REQUEST JOR happened -; JOR COOPERATE SYR demanded SYR",
    ),
    (
        "Jordan was never asked by Syria to extradite the rebels.",
        "SYR REQUEST JOR negated -; JOR COOPERATE SYR possible SYR",
    ),
    (
        "Plans for talks between Jordan and Syria have been shelved.",
        "JOR CONSULT SYR called_off -; SYR CONSULT JOR called_off -",
    ),
    ("Hopes of talks between Jordan and Syria are fading.", "JOR CONSULT SYR planned -; SYR CONSULT JOR planned -"),
    (
        "Hopes for peace talks between Jordan and Syria collapsed.",
        "JOR CONSULT SYR negated -; SYR CONSULT JOR negated -",
    ),
    ("There were fears that Jordan would attack Syria.", "JOR ASSAULT SYR possible -"),
    ("There is a possibility of Jordan attacking Syria.", "JOR ASSAULT SYR possible -"),
    ("There is no question of Jordan attacking Syria.", "JOR ASSAULT SYR negated -"),
    ("There is no doubt that Jordan attacked Syria.", "JOR ASSAULT SYR happened -"),
    ("Nothing suggests that Jordan attacked Syria.", "JOR ASSAULT SYR possible -"),
    ("Jordan may yet attack Syria.", "JOR ASSAULT SYR possible -"),
    ("Jordan has every reason to attack Syria.", "JOR ASSAULT SYR possible -"),
    ("Syria claims to have shot down a Jordanian plane.", "SYR ASSAULT JOR happened SYR"),
    ("Syria claimed falsely to have shot down a Jordanian plane.", "SYR ASSAULT JOR negated SYR"),
    (
        "Syria apologised for shooting down a Jordanian plane.",
        "SYR SUPPORT JOR happened -; SYR ASSAULT JOR happened SYR",
    ),
    ("Syria justified its attack on Jordan.", "SYR ASSAULT JOR happened SYR"),
    ("Syria's alleged attack on Jordan is being investigated.", "SYR ASSAULT JOR possible -; - ACCUSE SYR ongoing -"),
]

GRAMMAR = [
    ("Kenya has never invaded Uganda.", "KEN ASSAULT UGA negated -"),
    ("Kenya never attacked Uganda.", "KEN ASSAULT UGA negated -"),
    ("The village was shelled by Kenyan troops.", "KEN ASSAULT - happened -"),
    ("Kenyan diplomats were expelled by Uganda.", "UGA SANCTION KEN happened -"),
    ("Pakistan's rejection of the Kenyan offer surprised Uganda.", "PAK REJECT KEN happened -; KEN AGREE - happened -"),
    ("Kenya's attack on Uganda was brief.", "KEN ASSAULT UGA happened -"),
    ("The attack on Uganda by Kenya was brief.", "KEN ASSAULT UGA happened -"),
    ("The Kenyan attack on Uganda was brief.", "KEN ASSAULT UGA happened -"),
    ("The shelling of Uganda by Kenya went on.", "KEN ASSAULT UGA happened -"),
    ("Talks between Kenya and Uganda ended on Friday.", "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -"),
    ("Kenya's talks with Uganda ended on Friday.", "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -"),
    ("The town that Kenya bombed lies in Uganda.", "KEN ASSAULT UGA happened -"),
    (
        "Kenya, Uganda and Rwanda signed a treaty.",
        "KEN SUPPORT RWA+UGA happened -; UGA SUPPORT KEN+RWA happened -; RWA SUPPORT KEN+UGA happened -",
    ),
    ("Kenya and Uganda met.", "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -"),
    ("Kenya met Uganda.", "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -"),
    ("The presidents of Kenya and Uganda met in Arusha.", "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -"),
    ("Kenya attacked Uganda and Rwanda.", "KEN ASSAULT RWA+UGA happened -"),
    ("Kenya and Uganda attacked Rwanda.", "KEN+UGA ASSAULT RWA happened -"),
    ("Kenya condemned and bombed Uganda.", "KEN ACCUSE UGA happened -; KEN ASSAULT UGA happened -"),
    ("Kenya opened fire on Ugandan soldiers.", "KEN ASSAULT UGA happened -"),
    ("Kenya imposed sanctions on Uganda.", "KEN SANCTION UGA happened -"),
    ("Kenya gave Uganda aid.", "KEN AID UGA happened -"),
    ("Aid was given to Uganda by Kenya.", "KEN AID UGA happened -"),
    ("Kenya received aid from Uganda.", "UGA AID KEN happened -"),
    ("Kenya was praised by Uganda.", "UGA SUPPORT KEN happened -"),
    ("Kenya received praise from Uganda.", "UGA SUPPORT KEN happened -"),
    ("Kenya rejected Uganda's offer.", "KEN REJECT UGA happened -; UGA AGREE - happened KEN"),
    ("A rocket fired from Uganda would be seen as an attack on Kenya.", "- ASSAULT KEN possible -"),
    ("Kenya condemned Ugandan missile tests.", "KEN ACCUSE UGA happened -; UGA MOBILIZE - happened KEN"),
    (
        "Kenya agreed to stop attacking Uganda.",
        "KEN AGREE UGA happened -; KEN RETREAT UGA planned KEN; KEN ASSAULT UGA ongoing KEN",
    ),
    (
        "Kenya promised to end its attacks on Uganda.",
        "KEN AGREE UGA happened -; KEN RETREAT UGA planned KEN; KEN ASSAULT UGA ongoing KEN",
    ),
    ("Kenya used drones to attack Uganda.", "KEN ASSAULT UGA happened -"),
    ("Kenya accused Uganda of supplying weapons to Rwanda.", "KEN ACCUSE UGA happened -; UGA AID RWA happened KEN"),
    ("Kenya criticised Uganda for bombing Rwanda.", "KEN ACCUSE UGA happened -; UGA ASSAULT RWA happened KEN"),
    ("Kenya withdrew its ambassador from Uganda.", "KEN SANCTION UGA happened -"),
    ("Kenya broke off relations with Uganda.", "KEN SANCTION UGA happened -; UGA SANCTION KEN happened -"),
    ("Kenya deployed troops along the Ugandan border.", "KEN MOBILIZE UGA happened -"),
    ("Kenya lifted sanctions on Uganda.", "KEN CONCEDE UGA happened -; KEN SANCTION UGA happened -"),
    ("Kenya surrendered to Uganda.", "KEN RETREAT UGA happened -"),
    ("Kenya's withdrawal from Uganda began.", "KEN RETREAT UGA happened -"),
    ("Kenya is critical of Uganda.", "KEN ACCUSE UGA happened -"),
    ("Three Ugandans were arrested in Kenya.", "KEN COERCE UGA happened -"),
    ("Kenyan police were ordered to arrest Somali traders.", "- REQUEST KEN happened -; KEN COERCE SOM demanded -"),
    ("British and French ministers met in Arusha.", "GBR CONSULT FRA happened -; FRA CONSULT GBR happened -"),
]

#: What several do together: each is the other's partner where they name none.
JOINT = [
    (
        "Kenya and Uganda announced that they had agreed to open talks.",
        "KEN AGREE UGA happened KEN; UGA AGREE KEN happened KEN",
    ),
    ("Kenya and Uganda agreed to cut their armies by half.", "KEN AGREE UGA happened -; UGA AGREE KEN happened -"),
    (
        "Kenya and Uganda agreed that their ministers would meet in Arusha.",
        "KEN AGREE UGA happened -; UGA AGREE KEN happened -",
    ),
    (
        "Kenya and Uganda met in Arusha. The two sides agreed on the principle of free trade.",
        "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -; KEN AGREE UGA happened -; UGA AGREE KEN happened -",
    ),
    (
        "Kenya and Uganda accepted inspections of each other's ports.",
        "KEN AGREE UGA happened -; UGA AGREE KEN happened -",
    ),
    (
        "The meeting of Kenyan President Ann Otieno and Ugandan President Joe Okello lasted an hour.",
        "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -",
    ),
    (
        "Kenya and Uganda held talks in Arusha. Both delegations agreed to meet again.",
        "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -; KEN AGREE UGA happened -; UGA AGREE KEN happened -",
    ),
    ("Kenya and Uganda promised to help Rwanda.", "KEN+UGA AGREE RWA happened -"),
    ("Kenya and Uganda welcomed the plan.", "KEN+UGA SUPPORT - happened -"),
]


#: The subjunctive of what is asked for looks like the present tense of a plural.
ASKED = [
    (
        "Kenya demanded that the United States withdraw its troops from Somalia.",
        "KEN REQUEST USA happened -; USA RETREAT SOM demanded KEN",
    ),
    (
        "Kenya urged that the Netherlands recognise Rwanda and condemn Uganda.",
        "KEN REQUEST NLD happened -; NLD SUPPORT RWA demanded KEN; NLD ACCUSE UGA demanded KEN",
    ),
    (
        "Kenya insisted that the United States withdraw its troops from Somalia.",
        "KEN REQUEST USA happened -; USA RETREAT SOM demanded KEN",
    ),
    (
        "Kenya demands that Uganda withdraw its troops, reduce its forces and break off relations with Rwanda.",
        "KEN REQUEST UGA happened -; UGA RETREAT - demanded KEN; UGA SANCTION RWA demanded -",
    ),
    ("Kenya insists that the rebels attack its villages.", "KEN ASSAULT KEN happened KEN"),
    ("Kenya said that the rebels attack its villages.", "KEN ASSAULT KEN happened KEN"),
]


#: Plain words of news agencies that mean more than one thing.
WIRE = [
    (
        "Kenya and Uganda ended two days of talks in Arusha.",
        "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -",
    ),
    ("Kenya ended a two-day meeting with Uganda.", "KEN CONSULT UGA happened -; UGA CONSULT KEN happened -"),
    ("Kenyan President Ann Otieno ended a visit to Uganda.", "KEN CONSULT UGA happened -"),
    (
        "Kenya condemned Uganda at the end of two days of talks with Rwanda.",
        "KEN ACCUSE UGA happened -; KEN CONSULT RWA happened -; RWA CONSULT KEN happened -",
    ),
    ("Kenya ended its talks with Uganda.", "KEN SANCTION UGA happened -"),
    (
        "Kenya called off a round of talks with Uganda.",
        "KEN SANCTION UGA happened -; KEN CONSULT UGA called_off -; UGA CONSULT KEN called_off -",
    ),
    ("The Ugandan embassy protested on Monday.", "UGA ACCUSE - happened -"),
    ("Ugandan senators protested against Kenya's war.", "UGA ACCUSE KEN happened -"),
    ("Kenyan students protested against the government.", "KEN PROTEST KEN happened -"),
    ("Kenyan workers protested.", "KEN PROTEST - happened -"),
    ("Ann Otieno led the Kenyan delegation and Joe Okello the Ugandan one.", ""),
    ("Kenyan lawmaker Ann Otieno led a delegation to Uganda.", "KEN CONSULT UGA happened -"),
    ("Kenyan officers inspected a Ugandan base.", ""),
    ("Kenyan police inspected a Ugandan ship.", "KEN ACCUSE UGA happened -"),
    (
        "Kenya and Uganda agreed to set up a joint commission for trade.",
        "KEN AGREE UGA happened -; UGA AGREE KEN happened -",
    ),
    ("Kenya set up a commission of inquiry into Uganda's raid.", "KEN ACCUSE UGA happened -; UGA ASSAULT - happened -"),
]


@pytest.mark.parametrize(("sentence", "expected"), REALITY + GRAMMAR + JOINT + ASKED + WIRE)
def test_acts_of_a_sentence(annotate: Annotate, sentence: str, expected: str) -> None:
    found = rows(annotate(sentence, published="2024-05-15"))
    wanted = expected.split("; ") if expected else []
    assert set(wanted) <= {row for row, _ in found}
    assert {row for row, reality in found if reality in REAL} <= set(wanted)


def test_enough_sentences() -> None:
    assert len(REALITY) >= 120


def test_words_of_light_verbs_and_particles_are_one_span(annotate: Annotate) -> None:
    annotated = annotate("Kenya held talks with Uganda and broke off relations with Rwanda.")
    words = {annotated.words(e.span) for e in read(annotated)[0]}
    assert {"held talks", "broke off relations"} <= words


def test_performed_act_stands_before_what_it_speaks_of(annotate: Annotate) -> None:
    annotated = annotate('"We will send aid to Peru," Brazil said.')
    attributions = find_attributions(annotated, fast=True)
    cast = resolve_actors(annotated, (), attributions)
    acts = find_acts(annotated, attributions, cast)
    assert [(a.type, a.performed) for a in acts] == [("AGREE", True), ("AID", False)]
    assert acts[0].span == acts[1].span


_ODD = ["", " ", "...", '""', "?", "Attack.", "to to to to", "attack " * 400, "A and " * 300 + "B met."]
_ODD += ["(" * 200 + "war" + ")" * 200, "the man who " * 120 + "attacked", "said that " * 200 + "he left."]


@pytest.mark.parametrize("text", _ODD)
def test_odd_text_raises_nothing(annotate: Annotate, text: str) -> None:
    read(annotate(text))


_WORDS = "Kenya Uganda it we attacked attack will not has been to of by on if said that refused meeting talks and who"
_MARKS = [",", ".", '"', "?", "(", "’s"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_WORDS.split() + _MARKS), max_size=30))
def test_spans_lie_in_the_text_and_order_is_kept(annotator: Annotator, words: list[str]) -> None:
    annotated = annotator.annotate(Report("h", " ".join(words)))
    attributions = find_attributions(annotated, fast=True)
    acts = find_acts(annotated, attributions, resolve_actors(annotated, (), attributions))
    assert [a.span.start for a in acts] == sorted(a.span.start for a in acts)
    for act in acts:
        assert 0 <= act.span.start < act.span.end <= len(annotated.text)
        assert all(0 <= i < len(annotated.tokens) for i in (*act.sources, *act.targets, act.head))
