"""The bot's own words. What Rasa says is in `nlu/data/responses`, the answers in `admissions/answers`.

Plain text, escaped when it is sent; second-language readers: short sentences.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

WELCOME: Final = (
    "Welcome! I am the assistant of Houston Medical Clerkship (HMC). HMC places International Medical"
    " Graduates in clinical rotations in the USA.\n\n"
    "Write your question in your own words, or choose below."
)
PRIVACY_LINE: Final = (
    "Privacy: I keep your name, what you write and the files you send here, only to help you."
    " Please send no patient data."
    " More: /privacy"
)
PRIVACY: Final = (
    "What I keep: your Telegram name and number, what you write here, your application, your files and their older"
    " versions, your talks with advisors, and what the team notes about your application.\n\n"
    "Why: to answer you, and for your application with HMC. Please send no patient data.\n\n"
    "Who sees it: HMC's team only ({roles}). Each sees what their role allows. Your name, your answers in the"
    " application and your files are encrypted.\n\n"
    "How long: if you never send an application, {drafts} days after your last message. If your application has"
    " ended, {closed} days after that, or after your last message. Then I remove everything. I tell you"
    " {warned} days before, and you can keep it with one tap. While HMC works on your application, nothing is"
    " removed by itself.\n\n"
    "To learn from: what you write, without e-mail addresses and numbers, for {learning} days.\n\n"
    "/mydata sends you a copy. /forget removes everything."
)
MY_DATA: Final = "My data"
REMOVE: Final = "Remove my data"
REMOVE_ALL: Final = "Yes, remove everything"
KEEP_DATA: Final = "Keep my data"
FORGET: Final = (
    "I can remove everything that I keep of you: your name, our conversation, your application, your files, your"
    " talks, and your topic in the team's group. Nobody can bring it back.\n\n"
    "If HMC has your application, it ends. A booked talk is cancelled. A placement that you have is lost.\n\n"
    "What stands in this chat stays on your phone until you delete the chat. Telegram keeps it, too."
)
FORGET_SURE: Final = "Are you sure? This is the last question. After it, your data are gone."
FORGET_AGAIN: Final = "This button is old. Send /forget to begin again."
FORGOTTEN: Final = (
    "Your data are removed. The last copies, in the team's group, go within a day.\n\n"
    "Receipt: {receipt}, {day}. I keep only this number and the day. They say nothing about you.\n\n"
    "If you want to begin anew, wait two minutes, then send /start."
)
STILL_FORGETTING: Final = (
    "I am still removing your data, so I keep nothing of what you write now. Receipt: {receipt}, {day}.\n\n"
    "If you want to begin anew, wait two minutes, then send /start."
)
DATA_STAY: Final = "I keep your data. Nothing was removed."
DATA_HELD: Final = (
    "I cannot remove your data now: the team has to keep them for the moment. I have told the team that you asked."
    " A coordinator will write to you here and tell you why."
)
DATA_SENT: Final = (
    "This is what I keep of you (part {number} of {total}). “read me.txt” in it says what is what. Keep it safe:"
    " whoever has this file can read it."
)
ASKED_TOO_OFTEN: Final = (
    "I sent you your data a moment ago: you find them above. You can ask again in {minutes} min."
)
NOTHING_KEPT: Final = "I keep nothing of you."
DATA_EXPIRE: Final = (
    "I have not heard from you for a long time. On {day} I remove what I keep of you. To keep it, tap the button"
    " or write anything. /mydata sends you a copy."
)
READ_ME: Final = """\
This is what the assistant of Houston Medical Clerkship keeps of you.

data.json          what is in the database about you; times are in UTC
conversation.txt   what you and the assistant wrote, as far as it is kept (conversation.json: for programs)
documents/         the files that you sent

Not in it:
- notes that the team writes for itself: ask the team for them (/person)
- what others sent for you, such as a letter of recommendation
- what you and the team wrote to each other: it is in the chat
"""
DATA_FILE: Final = "my data {number}.zip"
THEY, WE = "You", "Assistant"
HELP: Final = (
    "You can ask me anything about clinical rotations with HMC: documents, visa, housing, specialties,"
    " dates, cost and more. Write it in your own words. Short messages and small spelling mistakes are fine.\n\n"
    "You can send me your documents here at any time. /documents shows what is still missing."
)
CHOOSE_TOPIC: Final = "What is your question about?"
CHOOSE_QUESTION: Final = "{topic}: choose a question, or write your own."

MENU: Final = "What would you like to do?"
ASK: Final = "Ask"
APPLY: Final = "Apply"
BOOK: Final = "Book a consultation"
STATUS: Final = "My status"
PERSON: Final = "Talk to a person"
BACK: Final = "« All topics"

NOT_SURE: Final = "I am not sure that I understood you. Did you mean:"
SOMETHING_ELSE: Final = "Something else"
UNHELPFUL: Final = "👎 Not what I asked"
SHOW_QUESTIONS: Final = "Show the questions"
UNHELPFUL_NOTED: Final = "I am sorry. Thank you for telling me. Please ask in other words, or talk to a person."

WORDS_ONLY: Final = "I understand written words best. Please write your question as a text, or choose below."
TOO_MANY_AT_ONCE: Final = (
    "You wrote many messages at once. I answer from the last one on. Please send again what is still open."
)
NO_REPLY: Final = "I have no answer to that yet. Please choose below, or talk to a person."
DIALOGUE_DOWN: Final = (
    "I am sorry, a part of me is not working at this moment. Please try again in a minute."
    " The buttons below work now."
)
MESSAGE_WAITS: Final = (
    "I am sorry, a part of me is not working at this moment. Your message is not lost: I will answer it as soon as"
    " I can. You do not need to send it again."
)
APOLOGY: Final = (
    "I am sorry, something went wrong on our side. Perhaps your message was not answered."
    " Please try again, or choose below."
)

PERSON_ALREADY_COMING: Final = (
    "The HMC team already knows that you want to talk to a person."
    " A coordinator will write to you here on Telegram."
)
BUTTON_TOO_OLD: Final = "This button is no longer valid."
BUTTON_TOO_OLD_MENU: Final = f"{BUTTON_TOO_OLD} Here is the menu."
ANSWER_GONE: Final = "This question is no longer in my list. Please choose another one."

APPLICATION_NOT_FOUND: Final = "You have no application at the moment. To begin one: /apply"
APPLICATION_TAKEN: Final = (
    "A coordinator is working on your application now, so it cannot be changed here any more."
    " If something should be different, talk to a person: /person"
)
ALREADY_ANSWERED: Final = (
    "This question has an answer already, perhaps from another device. I did not change it."
    " To go on with your application: /apply"
)
UNKNOWN_QUESTION: Final = "This question is not part of the application any more. To go on with the others: /apply"
NOTHING_TO_GO_BACK_TO: Final = "There is no earlier question to go back to. Please answer this one first."
ANSWERS_MISSING: Final = (
    "Your application cannot be sent yet: some questions have no answer. To go on with them: /apply"
)
ANSWER_OUTDATED: Final = (
    "Some time has passed, and one of your answers does not fit any more."
    " Please change it before you send your application."
)
SUGGESTION_NOT_FOUND: Final = "This suggestion is not there any more. Please write your answer yourself."
TOO_MANY_SPECIALTIES: Final = "You can choose at most {most} specialties. To choose another, take one away first."
APPLICATION_REFUSED: Final = (
    "I am sorry, this cannot be done with your application now."
    " To go on with it: /apply. To talk to a person: /person"
)

APPLICANT_UNREACHABLE: Final = (
    "cannot be reached here any more: they have blocked the assistant, or their Telegram account is gone."
    " When they write again, I can write to them too."
)


class Wording(NamedTuple):
    """A question in words: what it is called, how it is asked, and why."""

    name: str
    ask: str
    why: str


QUESTIONS: Final[Mapping[str, Wording]] = {
    "full_name": Wording(
        "Full name",
        "What is your full name, as in your passport?",
        "Hospitals and the visa papers need the name exactly as your passport has it.",
    ),
    "email": Wording(
        "E-mail",
        "What is your e-mail address? For example: name@example.org",
        "The HMC team sends papers and news about your application by e-mail.",
    ),
    "phone": Wording(
        "Phone",
        "What is your phone number, with the country code? For example: +92 301 2345678. You can also share it"
        " with the button below.",
        "The team calls you if something is urgent, for example before an interview.",
    ),
    "citizenship": Wording(
        "Citizenship",
        "Of which country are you a citizen?",
        "Visa papers depend on your citizenship.",
    ),
    "medical_school": Wording(
        "Medical school",
        "Which medical school, and in which country? For example: Dow Medical College, Pakistan",
        "HMC places students and graduates of recognised medical schools.",
    ),
    "standing": Wording(
        "Student or graduate",
        "Are you a student, or have you graduated? You can also write, for example: graduated 2023",
        "Some papers, such as the visa invitation letter, are for graduates only.",
    ),
    "core_rotations": Wording(
        "Core rotations at home",
        "Have you completed your core clinical rotations in your home country?",
        "Completed core rotations are one of HMC's requirements.",
    ),
    "english": Wording(
        "English",
        "How can you show your English? If you have a test, write it with its score, for example: IELTS 7.5",
        "Sites want to be sure that you can talk with patients and colleagues.",
    ),
    "specialties": Wording(
        "Specialties",
        "Which specialties do you prefer? Tap up to three, in your order, then Done. You can also write them.",
        "HMC looks for a place in the specialty you want most.",
    ),
    "period": Wording(
        "Rotation period",
        "When would you like to start, and for how many weeks? For example: 8 weeks from mid March, flexible",
        "HMC needs the dates to look for a free place: at least 4 weeks, from a Monday, at least 2 months ahead.",
    ),
    "career_goals": Wording(
        "Career goals",
        "What are your career goals? Write it in your own words.",
        "An advisor fits the rotation to your goals. You may skip this question.",
    ),
    "support": Wording(
        "Support",
        "What would you like help with? Tap what you want, then Done.",
        "The team prepares the help you want. You may skip this question.",
    ),
    "consent": Wording(
        "Consent",
        "Do you agree that HMC stores your data and shares them with placement sites, to find you a place?",
        "Without your consent HMC may not keep or share your data, so it cannot look for a place.",
    ),
}
STEP: Final = "Step {step} of {total}  {bar}"
CORRECTION: Final = "Change: {name}"
ANSWER_SO_FAR: Final = "Your answer so far: {shown}"
LEAVE_ANSWER: Final = "Leave it as it is"
STANDINGS: Final = (("I am a student", "student"), ("I have graduated", "graduate"))
WHICH_YEAR: Final = {
    "student": "In which year will you graduate?",
    "graduate": "In which year did you graduate? If it is not below, write for example: graduated 2009",
}
OPTIONS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "core_rotations": (("Yes, all", "yes"), ("Partly", "partly"), ("No", "no")),
    "english": (("I was taught in English", "taught in English"), ("Nothing yet", "none yet")),
    "consent": (("I agree", "I agree"),),
}
SUPPORT: Final = {
    "Visa letter": "visa_letter",
    "Housing": "housing",
    "Orientation": "orientation",
    "Academic support": "academic",
    "Mentor": "mentor",
}
PERIOD: Final = "{weeks} weeks from {start}"
SHARE_PHONE: Final = "Share my phone number"
SKIP: Final = "Skip"
FOUND: Final = "I found this in what you wrote. May I take it for your application?"
FOUND_IN_CV: Final = "Your CV answers some questions of the application. May I take these answers?"
TAKE: Final = "Take: {name}"
TAKE_ALL: Final = "Take all"
TAKE_NONE: Final = "None of them"
REMINDER: Final = (
    "Your application waits for you: {left} of {total} questions are left. Everything so far is saved."
)
NOTIFICATIONS: Final = "I write to you about these things without being asked. Tap what you want to change."
NOTIFICATION_ON: Final = "✓ {name}"
NOTIFICATION_OFF: Final = "✗ {name}"
MUTABLE: Final = {
    "draft_reminder": "An application that I have not finished",
    "letter_received": "The letter from my referee has come",
    "consultation_day_before": "A consultation, one day before",
    "consultation_soon": "A consultation, shortly before",
}
"""What an applicant may mute, by its kind."""
CONTINUE: Final = "Continue"
MUTE: Final = "Stop reminding me"
MUTED: Final = "All right, no more reminders. Your application stays saved."
DONE: Final = "Done"
EDIT: Final = "✎"
SUBMIT: Final = "Submit my application"
REVIEW: Final = "Please check your answers"
SUBMITTED_REVIEW: Final = "Your application"
REFERENCE: Final = "Reference: {reference}"
NO_ANSWER: Final = "(nothing)"
THANKS: Final = "Thank you! Your application is with HMC."
SUBMITTED: Final = (
    "Your reference is {reference}. Please keep it.\n\n"
    "What happens next: the team reviews your application and your documents, and contacts you about the next"
    " steps, including an interview. You can still change your answers until a coordinator has begun to work on"
    ' them: write "change my application".'
)
SUBMITTED_BEFORE: Final = "Your application is with HMC already. Its reference is {reference}."
SUMMARY: Final = "A summary of your application"
WITHDRAW: Final = "Do you really want to withdraw your application? Please choose a reason to confirm it."
WITHDRAWAL_REASONS: Final = (
    "My plans have changed",
    "I found another place",
    "The visa",
    "The cost",
    "Another reason",
)
KEEP: Final = "No, keep it"
WITHDRAWN: Final = "Your application is withdrawn. You can begin a new one at any time."
WHICH_DOCUMENT: Final = "Which document is this?"
FILE_RECEIVED: Final = "Thank you, I have received {name}."
FILES_RECEIVED: Final = "Thank you, I have received {count} files. Let us begin with {name}."
PHOTOS_RECEIVED: Final = "Thank you, I have received {count} photos.\n\nAre they the pages of one document?"
NEXT_FILE: Final = "Now {name}."
MAKE_ONE_PDF: Final = "Make one PDF of them"
SEPARATE_DOCUMENTS: Final = "They are separate documents"
ONE_PDF_MADE: Final = "I have made one PDF of your {count} photos: {name}."
NONE_OF_THESE: Final = "None of these"
LEAVE_IT: Final = "Leave it as it is"
FILE_KEPT_UNSORTED: Final = "I keep {name}. You can say later which document it is."
SAY_WHICH: Final = "Say which document it is"
SAY_WHICH_OF: Final = "What is {name}?"
FILE_SORTED: Final = "✓ {name} is saved as: {title}."
FILE_REPLACES: Final = "It replaces the one that you sent before."
CHANGE_DOCUMENT: Final = "It is another document"
FILE_KNOWN_AS: Final = "It is saved as: {title}."
FILE_KNOWN_OLDER: Final = "It is an older version of: {title}. A newer one counts now."
PHOTO_NAME: Final = "photo"

DOCUMENTS_TITLE: Final = "Your documents"
DOCUMENT_LINES: Final = {
    "missing": "○ {title}: missing",
    "received": "• {title}: received",
    "in_review": "• {title}: in review",
    "approved": "✓ {title}: approved",
    "rejected": "✗ {title}: not accepted. {reason}",
    "expired": "✗ {title}: not valid any more",
}
DOCUMENT_ASKED: Final = "○ {title}: your referee was asked for it"
DOCUMENT_PERHAPS: Final = "○ {title}: only if you show your English by a test"
DOCUMENT_UNSORTED: Final = "? {name}: you have not said which document it is"
DOCUMENT_NOT_ASKED: Final = "○ {title}: nobody has asked you for it"
SEND_IT_HERE: Final = "Send it here in this chat as a file or a photo."
ALL_DOCUMENTS: Final = "All my documents"
NEXT_DOCUMENT: Final = "Next: {title}. Send it here as a file or a photo."
NEXT_DOCUMENT_AGAIN: Final = "Next: {title}. Please send a new one here."
DOCUMENTS_COMPLETE: Final = "Nothing is missing at this moment. The HMC team reviews what you sent."
DOCUMENTS_AWAITED: Final = "You have nothing to send at this moment. A letter from your referee is still to come."

FILE_NOT_KEPT: Final = (
    "I am sorry, something went wrong on our side, and this file was not saved. Please send it again."
)
FILE_EMPTY: Final = "This file is empty. Please open it on your device, check it, and send it again."
FILE_TOO_LARGE: Final = (
    "This file is too large: I can take up to {limit} MB. Please make it smaller (for example, scan it with a"
    " lower quality, or save it as a PDF), and send it again."
)
FILE_ENCRYPTED: Final = (
    "This file opens with a password only, so the team could not read it. Please save it without a password,"
    " and send it again."
)
FILE_BROKEN: Final = (
    "I cannot open this file: it seems to be damaged or not complete. Please save it as a PDF once more,"
    " or send a photo of each page."
)
FILE_TYPE_OTHER: Final = (
    "I cannot take this kind of file. Please send the document as PDF, DOCX, JPEG, PNG or HEIC."
)
FILE_TYPES: Final = {
    "zip": "This is a ZIP archive, whatever its name says. Please unpack it, and send each document by itself.",
    "exe": "This is a program, not a document. Please send the document as PDF, DOCX, JPEG, PNG or HEIC.",
    "doc": "This is an old Word or Office file. Please save it as PDF or DOCX, and send it again.",
    "video": "This is a video. Please send the document as a PDF or as photos.",
    "audio": "This is a sound recording. Please send the document as a PDF or as photos.",
    "text": "This is a plain text file. Please save it as PDF or DOCX, and send it again.",
}
PICTURE_TOO_LARGE: Final = (
    "This picture is too large to open. Please take it with a lower resolution, or send a PDF."
)
TOO_MANY_PHOTOS: Final = "One PDF can have up to {limit} photos. Please send fewer at once."
PAGES_NOT_JOINABLE: Final = (
    "I cannot put a Word file and other pages together. Please send the whole letter as one PDF."
)
TOO_MANY_PAGES: Final = "This document has one page only, and your file has {pages}. Please send that one page."
FILE_KNOWN: Final = "I have this file already: you sent it on {date}."
ALREADY_SORTED: Final = "It is saved as that document already."
UPLOAD_GONE: Final = (
    "This file is not here any more, or it is part of another one now. /documents shows what I have."
)
DOCUMENT_GONE: Final = "I cannot find this document any more. /documents shows what is here."
DOCUMENT_REPLACED: Final = "A newer version has come meanwhile: number {version}. Please look at that one."
DOCUMENT_ALREADY_REQUESTED: Final = "The applicant has been asked for this document already."
DOCUMENT_FIXED: Final = (
    "The team has this document in review or has approved it, so it cannot be changed here."
    " If it is wrong, send the right one, or talk to a person."
)
REASON_MISSING: Final = "Please give a reason, so that the applicant knows what to do."
LINK_UNKNOWN: Final = "This link is not one of ours. Please open it exactly as you got it, or ask for a new one."
LINK_EXPIRED: Final = "This link was good until {date}. Please ask the applicant for a new one."
LINK_USED: Final = "This link has been used already. Please ask the applicant for a new one, if you need it."
LINK_IS_YOURS: Final = "This link is for your referee. Please send it to them; it stays good."

ASK_REFEREE: Final = "Ask my referee to send it"
REFEREE_LINK: Final = (
    "Please send this link to your referee:\n{link}\n\n"
    "It is good for {days} days, until {date}, and for one letter of one person."
    " Your referee opens it in Telegram and sends the letter there. I tell you when it comes."
)
LETTER_WANTED: Final = (
    "Thank you for helping {name}, who applies to Houston Medical Clerkship (HMC) and asks you for a letter of"
    " recommendation.\n\n"
    "Please send the letter here: best as one PDF, or as photos of its pages. You can do so until {date}."
    " Only HMC's admissions team reads it; {name} is told that it came, and does not see it.\n\n"
    "Privacy: I keep your Telegram name and number, and the letter. Please send no patient data. More: /privacy"
)
REFEREE_FILES_RECEIVED: Final = "Thank you, I have received {count} files."
FOR_WHOM: Final = "For whom is it?"
FOR_LETTER: Final = "The letter for {name}"
FOR_PAGE: Final = "Another page of the letter for {name}"
FOR_REPLACEMENT: Final = "It replaces the letter for {name}"
FOR_MYSELF: Final = "It is my own document"
LETTER_THANKS: Final = "Thank you! The letter for {name} is with HMC. There is nothing else to do."
LETTER_MORE: Final = (
    "If it has another page, or if this was the wrong file, send the next one: I ask you what it is."
)
LETTER_PAGES: Final = "Thank you! The letter for {name} has {pages} pages now, and is with HMC."
LETTER_CAME: Final = "Good news: the letter from your referee has come. The HMC team reviews it."

BOTH_CLOCKS: Final = "{theirs} your time ({place}) · {houston} Houston"
NO_CLOCK: Final = "{theirs} UTC · {houston} Houston"
NOW_BOTH: Final = "It is {theirs} now for you ({place}), and {houston} in Houston."
HOUSTON_CLOCK: Final = "{moment} Houston"
BOOK_TITLE: Final = "Talk to an advisor"
MOVE_TITLE: Final = "Move your talk"
CHOOSE_DAY: Final = "Choose a day, or write when it suits you, for example: Tuesday afternoon"
CHOOSE_TIME: Final = "{day}: choose a time. First your time ({place}), then Houston."
NOTHING_THEN: Final = "There is no free time then. These days have some:"
NOTHING_WITH_ADVISOR: Final = "{name} has no free time now. These are the times of all advisors:"
DAY_BUTTON: Final = "{day} ({count})"
TIME_BUTTON: Final = "{theirs} · {houston}"
LATER_TIMES: Final = "Later times »"
OTHER_DAYS: Final = "« Other days"
CHOOSE_ADVISOR: Final = "Choose an advisor"
WHICH_ADVISOR: Final = "With whom would you like to talk?"
ANY_ADVISOR: Final = "Any advisor"
WITH_ADVISOR: Final = "Times of {name}."
MY_CLOCK: Final = "My clock shows another time"
WHICH_TOPIC: Final = "{time}\n\nWhat would you like to talk about?"
TALK_TOPICS: Final = {
    "application": "My application",
    "specialty": "Specialty and dates",
    "visa": "Visa and papers",
    "documents": "My documents",
    "other": "Something else",
}
WHICH_MEDIUM: Final = "{time}\nTopic: {topic}\n\nHow shall the advisor reach you? A tap books the talk."
BOOK_BY: Final = {
    "telegram": "Book: Telegram call",
    "phone": "Book: phone, {phone}",
    "video": "Book: video link",
}
BY_MEDIUM: Final = {"telegram": "by Telegram call", "phone": "by phone", "video": "by video"}
BOOKED: Final = "Your talk is booked"
MOVED: Final = "Your talk is moved"
BOOKED_BEFORE: Final = "You have a talk with an advisor"
TALK: Final = "{time}, {minutes} minutes\nWith {advisor}, {medium}\nTopic: {topic}"
TALK_LINK: Final = "Link: {link}"
REMINDERS_COME: Final = "I remind you before it. The file below puts it into your calendar."
MOVE_TALK: Final = "Move"
CANCEL_TALK: Final = "Cancel"
CALENDAR_FILE: Final = "Open this file to put the talk into your calendar."
CALENDAR_FILE_MOVED: Final = "Open this file: your calendar moves the talk to the new time."
CALENDAR_FILE_CANCELLED: Final = "Open this file to take the talk out of your calendar."
CALENDAR_SUMMARY: Final = "Talk with {advisor}, Houston Medical Clerkship"
CALENDAR_DESCRIPTION: Final = "Topic: {topic}. {medium}. To move or cancel it, write to the assistant: {link}"
MOVE_OR_NOT: Final = "From: {before}\nTo: {after}"
MOVE_IT: Final = "Yes, move it"
KEEP_IT_THERE: Final = "No, keep it as it is"
TALK_KEPT: Final = "Your talk stays as it is."
CANCEL_OR_NOT: Final = "Do you really want to cancel this talk?"
CANCEL_IT: Final = "Yes, cancel it"
TALK_CANCELLED: Final = "Your talk is cancelled. You can book another one at any time."
BOOK_ANOTHER: Final = "Book another time"
NO_TALK: Final = "You have no talk with an advisor to come. Would you like to book one?"
NO_SLOT: Final = (
    "No time is free at the moment. I can put you on the wait list: as soon as a time is free, I offer it to you,"
    " and you have half an hour to take it."
)
JOIN_WAIT_LIST: Final = "Put me on the wait list"
ON_WAIT_LIST: Final = "You are on the wait list. I write to you as soon as a time is free."
LEAVE_WAIT_LIST: Final = "Take me off the wait list"
OFF_WAIT_LIST: Final = "You are not on the wait list any more."
OFFER: Final = "A time is free for you:\n{time}\nWith {advisor}\n\nI hold it for you until {until}."
TAKE_OFFER: Final = "Take it"
DECLINE_OFFER: Final = "I do not want to wait any more"

SLOT_TAKEN: Final = "I am sorry, somebody was quicker: this time is not free any more."
NEAREST_TIMES: Final = "These are the nearest free times:"
SLOT_PAST: Final = "This time has passed already. Please choose another one."
CHOICE_EXPIRED: Final = "I offered these times more than ten minutes ago. This is what is free now."
ALREADY_BOOKED: Final = "You have a talk with an advisor already. You can move it or cancel it."
CONSULTATION_NOT_FOUND: Final = "There is no such talk any more."
TOO_LATE_TO_CHANGE: Final = (
    "Your talk begins in less than {hours} hours, so it cannot be changed here any more."
    " A person of the HMC team can help you."
)
MEDIUM_UNAVAILABLE: Final = "This advisor cannot talk that way. Please choose another way."
OFFER_LAPSED: Final = "I am sorry, this time was held for you for half an hour, and is not any more."
ADVISOR_NOT_FOUND: Final = "I do not know this advisor. For another advisor: /away NAME fri 14:00-17:00"
ABSENCE_NOT_FOUND: Final = "There is no such absence any more."
NOT_OVER_YET: Final = "This talk has not begun, or nobody said yet that it was held."
ALREADY_CONCLUDED: Final = "This talk is marked already: {status}."
NEXT_STEP_MISSING: Final = "Please write the next step for the applicant."
NO_SUCH_DAY: Final = "The calendar has no such day. Please write another one."
AWAY_UNCLEAR: Final = "I did not understand when. For example: /away fri 14:00-17:00, or /away 24 dec - 2 jan"
AWAY_IN_THE_PAST: Final = "This time is over already."

PLACE_GUESS: Final = "To show you the right times: is it {time} for you now?"
PLACE_YES: Final = "Yes, it is {time}"
PLACE_NO: Final = "No, another time"
WHICH_PLACE: Final = "In which city are you? Write it, or share your location with the button below."
SHARE_LOCATION: Final = "Share my location"
WHICH_OF_PLACES: Final = "Which one is it?"
PLACE_BUTTON: Final = "{place}: {time}"
OTHER_PLACE: Final = "None of these"
PLACE_UNKNOWN: Final = (
    "I do not know this place. Please write the nearest large city and its country, for example: Lahore, Pakistan."
    " Or write what time it is for you now, for example: 21:14"
)
PLACE_SAVED: Final = "Thank you. From now on I show times in {place}."

REMIND_DAY: Final = "Reminder: your talk with an advisor is tomorrow."
REMIND_SOON: Final = "Reminder: your talk with an advisor begins in {left}."
HOURS_LEFT: Final = "{hours} hours"
HOUR_LEFT: Final = "an hour"
MINUTES_LEFT: Final = "{minutes} minutes"
MINUTE_LEFT: Final = "a minute"
I_AM_COMING: Final = "I'll be there"
I_AM_LATE: Final = "Running late"
COMING_NOTED: Final = "Thank you. Your advisor knows that you will be there."
LATE_NOTED: Final = "Thank you for telling. Your advisor knows that you are running late."
MISSED: Final = "We did not meet you for your talk. It can happen. Would you like to choose another time?"
NEXT_STEP_NEWS: Final = "After your talk, {advisor} wrote the next step for you:\n\n{next_step}"
MOVE_ASKED: Final = (
    "We are sorry: {advisor} cannot come to your talk.\n{time}\n\nPlease choose another time, or cancel it."
)

TALK_CHANGES: Final = {
    "booked": "New talk: {applicant}\n{time} ({minutes} minutes), {medium}\nTopic: {topic}",
    "moved": "Moved talk: {applicant}\nNow {time} ({minutes} minutes), {medium}",
    "cancelled": "Cancelled talk: {applicant}\nWas {time}",
    "coming": "{applicant} will be there.\n{time}",
    "late": "{applicant} is running late.\n{time}",
}
TALK_FREED: Final = "Cancelled talk\nWas {time}. The applicant had all their data removed. The time is free again."
BRIEF_TITLE: Final = "In 15 minutes: {applicant}"
BRIEF: Final = (
    "{time}, {medium}\nTopic: {topic}\nReach them: {reach}\n"
    "Application: {stage}\nOpen documents: {documents}\nLast questions: {questions}"
)
IN_TELEGRAM: Final = "in Telegram, tg://user?id={number}"
NO_APPLICATION: Final = "none"
BRIEF_STAGES: Final = {
    "draft": "draft, {answered} of {total} questions answered",
    "submitted": "submitted, reference {reference}",
    "in_review": "in review, reference {reference}",
    "interview": "interview, reference {reference}",
    "matched": "matched, reference {reference}",
    "completed": "completed",
    "not_placed": "not placed",
    "withdrawn": "withdrawn",
}
NOTHING: Final = "none"
OUTCOME_ASKED: Final = "How did the talk with {applicant} go?\n{time}"
HELD: Final = "It was held"
NO_SHOW: Final = "They did not come"
OUTCOME_HELD: Final = (
    "Held. What is the next step for {applicant}? Tap one, or answer this message (talk #{number}) in your own"
    " words: they get it as you write it. A line that begins with // stays with us."
)
OUTCOME_NO_SHOW: Final = "Marked as not come. {applicant} gets a friendly offer to choose another time."
NEXT_STEPS: Final = (
    "Please finish your application here: /apply",
    "Please send your documents here: /documents",
    "Please book one more talk: /book",
)
NEXT_STEP_SENT: Final = "Sent to {applicant}:\n{next_step}"
AWAY_NOTED: Final = "{name} is away: {begins} to {ends}."
AWAY_TALKS: Final = "These talks are booked in that time. They stay until they are moved:"
AWAY_TALK: Final = "{applicant}: {time}"
ASK_TO_MOVE: Final = "Ask {applicant} to move"
ASKED_TO_MOVE: Final = "{applicant} is asked to choose another time."
AWAY_LIST: Final = "{name} is away:"
AWAY_NONE: Final = "{name} has no absence noted. For example: /away fri 14:00-17:00"
AWAY_LINE: Final = "{begins} to {ends}"
AWAY_END: Final = "Take back: {begins}"
AWAY_TAKEN_BACK: Final = "{name} is not away then any more."
TALK_STATUSES: Final = {
    "offered": "offered",
    "booked": "booked",
    "over": "over",
    "held": "held",
    "no_show": "did not come",
    "cancelled": "cancelled",
    "lapsed": "lapsed",
}

STAGES: Final = {
    "application": "Application",
    "consultation": "Consultation",
    "placement": "Placement",
    "preparation": "Preparation",
    "orientation": "Orientation",
    "rotation": "Rotation",
}
MARKS: Final = {
    "done": ("✓", "Done"),
    "now": ("●", "Now"),
    "next": ("○", "Next"),
    "left_out": ("·", "Left out"),
    "ended": ("✗", "Ended"),
}
"""How a step stands: by a sign and by a word."""
STATUS_TITLE: Final = "Application {reference}"
STATUS_TITLE_OF_DRAFT: Final = "Your application"
STEP_LINE: Final = "{sign} {title}: {state}"
STEP_LINE_WITH_DAYS: Final = "{sign} {title}: {state}, {days}"
DAYS: Final = "{first} to {last}"
STATUSES: Final = {
    "draft": "Your application is begun, and not sent yet.",
    "submitted": "HMC has your application.",
    "in_review": "Your application is in review.",
    "interview": "The next step of your application is an interview.",
    "offered": "HMC offers you a place.",
    "accepted": "You have accepted the place.",
    "declined": "You have declined the place.",
    "lapsed": "The offer of a place was not answered in time.",
    "confirmed": "Your place is confirmed.",
    "preparation": "Your rotation is in preparation.",
    "in_progress": "Your rotation has begun.",
    "completed": "Your rotation is completed.",
    "cancelled": "The place is cancelled.",
    "not_placed": "Your application has ended: HMC has not found you a place.",
    "withdrawn": "Your application has ended: it was withdrawn.",
}
WAITING: Final = {
    "applicant": "Waiting for you: {what}, {since}.",
    "hmc": "Waiting for HMC: {what}, {since}.",
}
WAITED_FOR: Final = {
    "draft": "the rest of your application",
    "submitted": "review",
    "in_review": "review",
    "interview": "interview",
    "offered": "your answer to the offer",
    "accepted": "confirmation",
    "confirmed": "preparation",
    "preparation": "preparation",
}
NOBODY_WAITS: Final = "Nobody is waited for."
SINCE_TODAY: Final = "since today"
SINCE_YESTERDAY: Final = "since yesterday"
SINCE_DAYS: Final = "for {days} days"
PLACE: Final = "Site: {site}\nSpecialty: {specialty}\nFirst day: {first_day}\nLast day: {last_day}"
PLACE_MENTOR: Final = "Mentor: {mentor}"
PLACE_BRING: Final = "What to bring: {what_to_bring}"
COMES_NEXT: Final = {
    "draft": "What comes next: you finish it and send it. To go on: /apply",
    "submitted": (
        "What comes next: the team reviews your application and your documents, and contacts you about further"
        " steps, including an interview. You can send documents here: /documents"
    ),
    "in_review": (
        "What comes next: the team contacts you about further steps, including an interview. After the review, HMC"
        " looks for a place in an accredited hospital or clinic. You can send documents here: /documents"
    ),
    "interview": (
        "What comes next: the team contacts you about the interview. After the review, HMC looks for a place in an"
        " accredited hospital or clinic."
    ),
    "offered": "What comes next: you accept or decline it, by {reply_by}.",
    "accepted": "What comes next: HMC confirms the place, or writes to you. I tell you here.",
    "confirmed": (
        "What comes next: HMC helps you with paperwork, visa applications and the steps before the start."
    ),
    "preparation": (
        "What comes next: on arrival you attend an orientation to the site's protocols and expectations."
    ),
    "in_progress": "What comes next: your last day is {last_day}.",
    "completed": "What you can do now: apply for another rotation, or talk to a person.",
    "not_placed": (
        "What you can do now: ask a person of the team for the reasons, or apply again, perhaps for another"
        " specialty or another time. Applying is free."
    ),
    "withdrawn": "What you can do now: apply again at any time. Applying is free.",
}
CANCELLING_COSTS: Final = "When a confirmed rotation is cancelled, 25 % is withheld."
SINCE_LOOKED: Final = "Since you last looked, {when}:"
SAME_SINCE_LOOKED: Final = "Nothing has changed since you last looked, {when}."
DIFFERENCES: Final = {
    "status": "Status",
    "talk_at": "Talk with an advisor",
    "waiting": "Waiting for",
    "site": "Site",
    "specialty": "Specialty",
    "first_day": "First day",
    "last_day": "Last day",
    "reply_by": "Answer the offer by",
    "mentor": "Mentor",
    "what_to_bring": "What to bring",
}
DIFFERENCE: Final = "• {what}: {after} (before: {before})"
DIFFERENCE_NEW: Final = "• {what}: {after}"
DIFFERENCE_GONE: Final = "• {what}: no longer {before}"
SHORT_STATUSES: Final = {
    "draft": "begun",
    "submitted": "sent",
    "in_review": "in review",
    "interview": "interview",
    "offered": "a place is offered",
    "accepted": "place accepted",
    "confirmed": "place confirmed",
    "preparation": "in preparation",
    "in_progress": "rotation begun",
    "completed": "completed",
    "not_placed": "not placed",
    "withdrawn": "withdrawn",
    "declined": "place declined",
    "lapsed": "offer lapsed",
    "cancelled": "place cancelled",
}
NO_STATUS: Final = "I know of no application of yours in this chat. To begin one: /apply"
STAFF_STATUSES: Final = {
    "draft": "draft",
    "submitted": "submitted",
    "in_review": "in review",
    "interview": "interview",
    "matched": "matched",
    "offered": "offered",
    "accepted": "accepted",
    "declined": "declined",
    "lapsed": "lapsed",
    "confirmed": "confirmed",
    "preparation": "preparation",
    "in_progress": "in progress",
    "completed": "completed",
    "cancelled": "cancelled",
    "not_placed": "not placed",
    "withdrawn": "withdrawn",
}
"""What staff call a status, internal ones too; never shown to an applicant."""
APPLY_AGAIN: Final = "Apply again"

NEWS: Final = {
    "submitted": "HMC has received your application.",
    "in_review": "News: the team reviews your application now.",
    "interview": "News: the next step is an interview.",
    "offered": "News: HMC offers you a place.",
    "accepted": "News: HMC has noted that you accept the place.",
    "declined": "News: HMC has noted that you decline the place. Your application stays with HMC.",
    "lapsed": (
        "The time to answer the offer is over, so it has lapsed. Your application stays with HMC. If you still"
        " want the place, talk to a person: perhaps it is still free."
    ),
    "confirmed": "News: your place is confirmed.",
    "preparation": "News: the preparation of your rotation has begun.",
    "in_progress": "News: your rotation has begun.",
    "completed": "News: your rotation is completed.",
    "cancelled": (
        "I am sorry: the place is cancelled. Your application stays with HMC. A person of the team can tell you"
        " more."
    ),
    "not_placed": "I am sorry: HMC has not found you a place, and this application has ended.",
    "withdrawn": "Your application was withdrawn.",
}
OFFER_TITLE: Final = "HMC offers you a place"
OFFER_UNTIL: Final = "Please answer by {reply_by}. After that the offer lapses."
OFFER_ENDS: Final = "The offer of a place waits for your answer. After {reply_by} it lapses."
ACCEPT_OFFER: Final = "Accept"
DECLINE_PLACE: Final = "Decline"
ACCEPT_OR_NOT: Final = (
    "Do you accept this place?\n\n{place}\n\nPlease know before: it is confirmed only when HMC says so after that."
    " {costs}\n\nYou can answer until {reply_by}."
)
ACCEPT_IT: Final = "Yes, I accept"
DECLINE_OR_NOT: Final = (
    "Do you really want to decline this place?\n\n{place}\n\nYou cannot take that back here."
    " You can answer until {reply_by}."
)
DECLINE_IT: Final = "Yes, I decline"
NOT_YET: Final = "Not yet"
OFFER_KEPT: Final = "The offer stays open until {reply_by}. /status shows it."
OFFER_ACCEPTED: Final = (
    "Thank you. HMC knows that you accept the place. What comes next: HMC confirms it, or writes to you."
)
OFFER_DECLINED: Final = "You have declined the place. HMC knows it, and your application stays with HMC."
OFFER_ENDED: Final = (
    "This offer could be answered until {reply_by}, so it has lapsed. If you still want the place, talk to a"
    " person: perhaps it is still free."
)
PLACEMENT_NOT_FOUND: Final = "This offer does not stand any more. /status shows how things stand."
MOVE_NOT_ALLOWED: Final = "This cannot be done any more. /status shows how things stand."
MOVED_MEANWHILE: Final = "{by} was quicker: it stands at {status} now."
SOMEBODY: Final = "Somebody"
ALREADY_PLACED: Final = "This application has an open placement already."
APPLICATION_NOT_OPEN: Final = "No place can be offered to this application: its status is {status}."
PERIODS_REFUSED: Final = {
    "not_monday": "The first day must be a Monday, and {day} is none.",
    "not_friday": "The last day must be a Friday, and {day} is none.",
    "too_short": "A rotation takes at least 4 weeks: {day} is too early for the last day.",
}
REPLY_BY_PAST: Final = "The time to answer the offer must not be over already."
WORDS_MISSING: Final = "Something is missing here, or it is too long."
ITEM_NOT_FOUND: Final = "This is not open any more."
OFFER_ANSWERS: Final = {
    "accepted": "Offer accepted: {place} (reference {reference}).",
    "declined": "Offer declined: {place} (reference {reference}).",
    "lapsed": "Offer lapsed without an answer: {place} (reference {reference}).",
}
OFFERED_PLACE: Final = "{site}, {specialty}, {first_day} to {last_day}"

NOT_YOURS: Final = (
    "I show an application only to the person who made it. I do not find {reference} among yours in this chat."
    " Please look whether it is written right."
)
APPLIED_OTHERWISE: Final = "I applied in another way"
CLAIM_REFERENCE: Final = (
    "Did you apply by e-mail or on the website? Please write the reference of your application."
    " It looks like 7K4M-WQ3X."
)
CLAIM_CODE: Final = (
    "If this reference is right, a code of six digits is on its way to the e-mail address that HMC has on file."
    " Please write the code here within 10 minutes. Look into the spam folder, too."
)
CLAIM_STOP: Final = "Stop"
CLAIM_STOPPED: Final = "All right, I stopped that."
CLAIMED: Final = "Thank you. The application is connected with this chat now. I tell you here what changes."
REFERENCE_UNREADABLE: Final = "This is not a reference. It looks like 7K4M-WQ3X. Please write it once more."
CODE_WRONG: Final = "This code is not right. Tries left: {left}."
CODE_EXPIRED: Final = "This code is not valid any more: it holds for 10 minutes. Please begin again."
CLAIM_LOCKED: Final = (
    "There were too many wrong codes, so I have locked this for a day. The HMC team knows. A person can help you."
)
TOO_MANY_CODES: Final = "Codes were asked for too often. Please try again tomorrow, or talk to a person."
OWN_APPLICATION_UNDER_WAY: Final = (
    "The code is right, but this chat has another application under way. A person of the team can put them"
    " together."
)
CLAIM_LOCKED_ALERT: Final = (
    "gave too many wrong codes for the reference {reference}. It is locked for a day. Please see whether it is"
    " them."
)
CODE_SUBJECT: Final = "Your code for Houston Medical Clerkship"
CODE_EMAIL: Final = (
    "Your code is {code}\n\n"
    "Somebody asked on Telegram to see how your application at Houston Medical Clerkship (HMC) stands. If that was"
    " you, write this code to the assistant within 10 minutes. If it was not you, do nothing: nothing is shown"
    " without the code. Give the code to nobody else, not even to HMC.\n"
)

COMMANDS: Final = {
    "start": "Begin, and see the menu",
    "ask": "Choose a question from a list",
    "apply": "Apply for a rotation",
    "book": BOOK,
    "back": "The question before",
    "skip": "Skip this question",
    "cancel": "Set the application aside",
    "documents": "What I have of your documents, and what is missing",
    "timezone": "Set my clock, by city",
    "status": STATUS,
    "notifications": "What I write to you about",
    "person": PERSON,
    "privacy": "What I keep about you",
    "mydata": "A copy of your data",
    "forget": "Remove your data",
    "help": "What I can do",
}
DESCRIPTION: Final = (
    "Questions, application and advice for International Medical Graduates who want clinical rotations"
    " in the USA. Houston Medical Clerkship."
)
SHORT_DESCRIPTION: Final = "Houston Medical Clerkship: clinical rotations in the USA for IMGs."

INTENTS: Final = {
    "apply": "I want to apply",
    "resume_application": "Continue my application",
    "edit_application": "Change my application",
    "withdraw_application": "Withdraw my application",
    "upload_document": "Send a document",
    "book_consultation": "Book a consultation",
    "reschedule_consultation": "Move my consultation",
    "cancel_consultation": "Cancel my consultation",
    "check_status": "Where my application stands",
    "handoff": PERSON,
    "my_data": "Get a copy of my data",
    "delete_data": "Delete my data",
    "help": "What can you do?",
    "bot_identity": "Who are you?",
    "medical_advice": "A medical question",
    "immigration_legal": "A legal or immigration question",
}
"""What an intent without an answer of its own is called on a button."""

PERSON_COMING: Final = "I have told the HMC team. A coordinator will write to you here on Telegram."
CRISIS: Final = (
    "If you or somebody else may be in danger, please call your local emergency number now. They can help at once;"
    " I am a program and cannot.\n\n"
    "I have also told the HMC team. A person will write to you here."
)
OFFICE_CLOSED: Final = "The HMC office is closed now. It opens again: {time}."
OFFICE_CLOSED_LONG: Final = "The HMC office is closed now."
MEANWHILE: Final = "Until then I can answer your questions, and take your application and your documents."
TALK_TAKEN: Final = (
    "{name} of the HMC team talks with you now. I rest meanwhile, so that you are not answered twice. Buttons and"
    " commands still work."
)
WAKE: Final = "Wake the assistant"
AWAKE: Final = "I am here again. {name} of the HMC team still sees what you write."
AWAKE_ALREADY: Final = "I am here already. What can I do for you?"
TALK_PAUSED: Final = "The HMC team comes back to you later. I am here again: you can ask me meanwhile."
SOLVED_ASKED: Final = "I am here again. Is everything solved that you talked about with the HMC team?"
DONE_ASKED: Final = "The HMC team has looked after what you asked for. Is everything solved?"
SOLVED_YES: Final = "Yes"
SOLVED_NO: Final = "No"
SOLVED: Final = "Thank you for telling. I am here if you need anything else."
NOT_SOLVED: Final = "I have told the HMC team. A coordinator will write to you again here."
EDITED: Final = "The HMC team changed a message:\n{words}"
