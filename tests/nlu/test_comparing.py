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
    assert worse(figures(FINE), figures(WORSE)) == ["accuracy", "answered_precision"]
    assert worse(figures(WORSE), figures(FINE)) == []
    assert worse(figures(FINE), figures(FINE)) == []
