"""The words of the subject: kinds, states, roles."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """The documents HMC asks for (facts G11, G12)."""

    CV = "cv"
    PERSONAL_STATEMENT = "personal_statement"
    TRANSCRIPTS = "transcripts"
    LETTER_OF_RECOMMENDATION = "letter_of_recommendation"
    ENGLISH_PROOF = "english_proof"
    VACCINATION_RECORD = "vaccination_record"
    HEALTH_INSURANCE = "health_insurance"
    BACKGROUND_CHECK = "background_check"


class WhenRequired(StrEnum):
    """When a document belongs on the checklist."""

    WITH_APPLICATION = "with_application"
    IF_ENGLISH_TEST = "if_english_test"
    ON_REQUEST = "on_request"


class DocumentState(StrEnum):
    """Where a document stands; it is never deleted, only missing again."""

    MISSING = "missing"
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"


class Role(StrEnum):
    """Who acts: the applicant, the referee who writes a letter, HMC's staff, or the assistant by itself."""

    APPLICANT = "applicant"
    REFEREE = "referee"
    COORDINATOR = "coordinator"
    SYSTEM = "system"


class FileKind(StrEnum):
    """What a file is by its content; also the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"
    JPEG = "jpg"
    PNG = "png"
    HEIC = "heic"
