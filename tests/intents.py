"""The public intent names: training data, tests, reports and tools use exactly these."""

FAQ = (
    "faq_apply_process",
    "faq_process_steps",
    "faq_documents",
    "faq_specialties",
    "faq_requirements",
    "faq_usmle_scores",
    "faq_support",
    "faq_housing",
    "faq_visa",
    "faq_benefits",
    "faq_lor",
    "faq_what_are_rotations",
    "faq_handson_vs_observership",
    "faq_remote",
    "faq_why_usa",
    "faq_why_hmc",
    "faq_locations_hospitals",
    "faq_consultation",
    "faq_timeline",
    "faq_duration_dates",
    "faq_cost",
)
SMALL_TALK = ("greet", "goodbye", "thanks", "affirm", "deny", "help", "bot_identity")
MANY = ("out_of_scope", "medical_advice", "immigration_legal")
"""Intents as wide as the world: they need many more examples."""

PUT_TOGETHER = ("several_questions",)
"""Intents without examples: the pipeline finds them by a rule."""

INTENTS = (
    *FAQ,
    *("apply", "resume_application", "edit_application", "withdraw_application", "upload_document"),
    *("book_consultation", "reschedule_consultation", "cancel_consultation", "check_status"),
    *("handoff", "my_data", "delete_data", "frustrated"),
    *SMALL_TALK,
    *MANY,
)
