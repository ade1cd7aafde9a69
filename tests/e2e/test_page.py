"""The chat page in a real browser: ask, tap a follow-up, see the answer."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.assistant import Assistant
from tests.integration.applications.steps import Applicant
from tests.integration.placements.steps import Desk
from tests.people import a_newcomer

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-device-scale-factor=1.5",
)
BILAL = 700_000_002
CAMILA = 700_000_003
ANSWERS = (
    "graduated 2023",
    "yes",
    "IELTS 7.5",
    "Camila Torres Rojas",
    "camila@example.org",
    "+57 301 234 5678",
    "Colombia",
    "Universidad Nacional de Colombia, Colombia",
    "IM or peds",
    "8 weeks from 5 April 2027, flexible",
    "I want to become an internist",
    "housing and visa letter",
)


@pytest.fixture
def browser() -> Iterator[Chrome]:
    options = ChromeOptions()
    for flag in (*FLAGS, "--window-size=1280,1060"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


class Phone:
    """The page: an applicant's phone beside the staff group."""

    def __init__(self, browser: Chrome, address: str, person: int) -> None:
        self._browser = browser
        browser.get(f"{address}/?person={person}")

    def says(self, text: str) -> None:
        composer = self._find("applicant-composer")
        composer.send_keys(text, Keys.ENTER)

    def taps(self, title: str) -> None:
        """Tap the newest button of that title."""
        self._until(lambda: self._buttons(title))
        self._buttons(title)[-1].click()

    def sees(self, words: str) -> None:
        self._until(lambda: words in self._find("applicant-log").text)

    def staff_see(self, words: str) -> None:
        self._until(lambda: words in self._find("staff-log").text)

    def shows_picture(self) -> None:
        """Wait until the newest picture is there."""
        self._until(lambda: self._pictures() and self._pictures()[-1].size["height"] > 100)

    def _pictures(self) -> list[WebElement]:
        return self._find("applicant-log").find_elements(By.CSS_SELECTOR, "img")

    def _buttons(self, title: str) -> list[WebElement]:
        buttons = self._find("applicant-log").find_elements(By.CSS_SELECTOR, "button.inline-button")
        return [button for button in buttons if button.text == title]

    def _find(self, name: str) -> WebElement:
        return self._browser.find_element(By.CSS_SELECTOR, f'[data-testid="{name}"]')

    def _until(self, true: object) -> None:
        assert callable(true)
        WebDriverWait(self._browser, 20).until(lambda _: true())


def errors(browser: Chrome) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]  # type: ignore[no-untyped-call]


async def test_ask_tap_a_follow_up_see_the_answer(assistant: Assistant, browser: Chrome) -> None:
    def use() -> None:
        phone = Phone(browser, str(assistant.telegram.base_url).rstrip("/"), BILAL)
        phone.says("/start")
        phone.sees("Welcome! I am the assistant")
        phone.says("do you have peds")
        phone.sees("Yes, HMC offers rotations in Pediatrics")
        phone.taps("How long is a rotation, and when does it start?")
        phone.sees("begins on a Monday")
        phone.says("hello sir, i am from lahore. u help with visa?")
        phone.sees("HMC helps with the paperwork for your visa")
        phone.taps("Talk to a person")
        phone.sees("A coordinator will write to you here")
        phone.staff_see("Bilal Ahmed wants to talk to a person")
        picture(browser, "chat.png")

    await asyncio.to_thread(use)
    assert errors(browser) == []


async def test_apply_and_review(assistant: Assistant, browser: Chrome) -> None:
    def use() -> None:
        browser.set_window_size(1280, 1460)  # a phone on which the whole review is seen
        phone = Phone(browser, str(assistant.telegram.base_url).rstrip("/"), CAMILA)
        phone.says("/start")
        phone.sees("Welcome! I am the assistant")
        phone.says("/apply")
        phone.sees("Step 1 of 13")
        for step, words in enumerate(ANSWERS, start=2):
            phone.says(words)
            phone.sees(f"Step {step} of 13")
        phone.taps("I agree")
        phone.sees("Please check your answers")
        phone.sees("Submit my application")
        picture(browser, "review.png")

    await asyncio.to_thread(use)
    assert errors(browser) == []


async def test_see_where_one_stands(assistant: Assistant, browser: Chrome) -> None:
    def greet(phone: Phone) -> None:
        phone.says("/start")
        phone.sees("Welcome! I am the assistant")

    def look(phone: Phone) -> None:
        phone.sees("HMC offers you a place")
        phone.says("any news?")
        phone.sees("Waiting for you: your answer to the offer")
        phone.shows_picture()
        picture(browser, "timeline.png")

    browser.set_window_size(1280, 1600)  # a phone on which all of it is seen
    diego = await a_newcomer(assistant, "Diego")
    phone = Phone(browser, str(assistant.telegram.base_url).rstrip("/"), diego.id)
    await asyncio.to_thread(greet, phone)
    await an_offer_for(assistant, diego.id)
    await asyncio.to_thread(look, phone)
    assert errors(browser) == []


async def an_offer_for(assistant: Assistant, person: int) -> None:
    """Have somebody apply, talk to an advisor and be offered a place."""
    database = assistant.open_database()
    applicant = Applicant(database, person, datetime.now(UTC) - timedelta(days=9))
    await applicant.fills_in()
    await applicant.submits()
    desk = Desk(database, datetime.now(UTC))
    await desk.offers(await desk.application_of(applicant))
    await database.close()


def picture(browser: Chrome, name: str) -> None:
    """Keep what the browser shows for the README, where PICTURES names a folder."""
    if folder := os.environ.get("PICTURES"):
        browser.execute_script("document.activeElement?.blur()")
        browser.save_screenshot(str(Path(folder) / name))
