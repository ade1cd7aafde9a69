from nlu.evaluating.comparing import changes, worse
from nlu.evaluating.figures import figures
from tests.nlu.test_evaluating import taken

FINE = [taken("faq_cost", "faq_cost"), taken("out_of_scope", "out_of_scope")]
WORSE = [taken("faq_cost", "faq_visa"), taken("out_of_scope", "out_of_scope")]


def test_every_answer_that_would_change_is_shown() -> None:
    assert changes(FINE, WORSE) == [
        "faq_cost -> faq_visa: a text",
        "1 of 2 replayed messages would be treated otherwise",
    ]


def test_a_model_is_worse_where_a_figure_falls() -> None:
    assert worse(figures(FINE), figures(WORSE), outside=1) == ["accuracy", "answered_precision"]
    assert worse(figures(WORSE), figures(FINE), outside=1) == []
    assert worse(figures(FINE), figures(FINE), outside=1) == []


def test_one_message_of_few_that_are_out_of_scope_is_chance() -> None:
    inside, outside = [taken("faq_cost", "faq_cost")] * 900, [taken("out_of_scope", "out_of_scope")] * 60
    missed = taken("out_of_scope", "faq_cost")
    before = figures(inside + outside)
    assert worse(before, figures([*inside, *outside[1:], missed]), outside=60) == []
    assert worse(before, figures([*inside, *outside[2:], missed, missed]), outside=60) == ["out_of_scope_recall"]
