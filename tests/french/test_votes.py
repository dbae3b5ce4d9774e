"""The vote in one phrase: gender, number, unanimity, casting vote, secret ballot (T16)."""

import pytest

from ctgdocs.french import Profil, resultat_du_vote


@pytest.mark.parametrize(
    ("counts", "options", "phrase"),
    [
        ((26,), {}, "à l’unanimité"),
        ((24, 2, 1), {}, "par 24 voix pour, 2 voix contre et 1 abstention"),
        ((1, 0, 0), {}, "à l’unanimité"),
        ((24, 0, 2), {}, "à l’unanimité des suffrages exprimés, avec 2 abstentions"),
        ((24, 0, 1), {}, "à l’unanimité des suffrages exprimés, avec 1 abstention"),
        ((24, 2, 0), {}, "par 24 voix pour et 2 voix contre"),
        ((0, 24, 1), {}, "par 24 voix contre et 1 abstention"),
        ((0, 0, 26), {}, "par 26 abstentions"),
        ((21, 1, 1), {"lettres": True}, "par vingt et une voix pour, une voix contre et une abstention"),
        ((24, 0, 0), {"zeros": True}, "par 24 voix pour, aucune voix contre et aucune abstention"),
        (
            (12, 12, 1),
            {"voix_preponderante": "présidente"},
            "par 12 voix pour, 12 voix contre et 1 abstention, la voix de la présidente étant prépondérante",
        ),
        (
            (12, 12),
            {"voix_preponderante": "maire"},
            "par 12 voix pour et 12 voix contre, la voix du maire étant prépondérante",
        ),
        (
            (12, 12),
            {"voix_preponderante": "la maire"},
            "par 12 voix pour et 12 voix contre, la voix de la maire étant prépondérante",
        ),
        (
            (12, 12),
            {"voix_preponderante": "le confrère qui préside"},
            "par 12 voix pour et 12 voix contre, la voix du confrère qui préside étant prépondérante",
        ),
        (
            (12, 12),
            {"voix_preponderante": "présidente", "secret": True},
            "au scrutin secret, par 12 voix pour et 12 voix contre",
        ),
        ((13, 12), {"voix_preponderante": "présidente"}, "par 13 voix pour et 12 voix contre"),
        (
            (20, 3),
            {"secret": True, "blancs": 1, "nuls": 2},
            "au scrutin secret, par 20 voix pour, 3 voix contre, 1 bulletin blanc et 2 bulletins nuls",
        ),
        ((25,), {"ne_prend_pas_part": 1}, "à l’unanimité, 1 membre ne prenant pas part au vote"),
        ((24,), {"ne_prend_pas_part": 2}, "à l’unanimité, 2 membres ne prenant pas part au vote"),
    ],
)
def test_a_vote_is_said_right(counts: tuple[int, ...], options: dict[str, object], phrase: str) -> None:
    said = resultat_du_vote(*counts, **options)  # type: ignore[arg-type]
    assert said.replace("\u00a0", " ") == phrase


def test_a_straight_house_keeps_its_apostrophe() -> None:
    assert resultat_du_vote(3, profil=Profil(apostrophe="droite")) == "à l'unanimité"
