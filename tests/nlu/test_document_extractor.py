import pytest
from rasa.shared.nlu.constants import ENTITIES
from rasa.shared.nlu.training_data.message import Message

from nlu.components.document_extractor import DocumentExtractor

CV, STATEMENT, TRANSCRIPTS = "cv", "personal_statement", "transcripts"
LETTER, ENGLISH, VACCINES = "letter_of_recommendation", "english_proof", "vaccination_record"
INSURANCE, BACKGROUND = "health_insurance", "background_check"

NAMED = {
    # plain, and as people call them
    "did you get my transcript?": [TRANSCRIPTS],
    "i sent cv and marksheets": [CV, TRANSCRIPTS],
    "CVs": [CV],
    "here is my Curriculum Vitae": [CV],
    "statement of purpose along with the resume": [STATEMENT, CV],
    "SOP": [STATEMENT],
    "lor": [LETTER],
    "is my letter of recommendation there": [LETTER],
    "reference letter from prof": [LETTER],
    "got the TOEFL certificate": [ENGLISH],
    "ielts": [ENGLISH],
    "medium of instruction letter": [ENGLISH],
    "vaccination card": [VACCINES],
    "my TB test": [VACCINES],
    "health insurance": [INSURANCE],
    "police clearance/ background check": [BACKGROUND, BACKGROUND],
    "certificate of conduct": [BACKGROUND],
    # slips of the pen
    "did u receive my transcirpts": [TRANSCRIPTS],
    "personal statment": [STATEMENT],
    "letter of recomendation": [LETTER],
    "imunization record": [VACCINES],
    "health insurence": [INSURANCE],
    # words that mean it only in their place
    "my resume": [CV],
    "did you get the statement": [STATEMENT],
    "my grades": [TRANSCRIPTS],
    "resume": [CV],
    "i want to resume my application": [],
    "please resume": [],
    "my reference is 7K4M-WQ3X": [],
    "my reference number": [],
    "my background is surgery": [],
    "what is the motivation for it": [],
    "do you provide insurance": [],
    "what is your policy": [],
    "can the police stop me": [],
    "my english is weak": [],
    "sorry for my english": [],
    "are grads permitted": [],
    # something else
    "where do i send my passport": [],
    "may i ask": [],
    "how much does it cost": [],
    "recommend me a hospital": [],
    "": [],
}


@pytest.mark.parametrize(("text", "kinds"), NAMED.items())
def test_documents_are_found(text: str, kinds: list[str]) -> None:
    message = Message.build(text)
    DocumentExtractor().process([message])
    assert [entity["value"] for entity in message.get(ENTITIES)] == kinds
