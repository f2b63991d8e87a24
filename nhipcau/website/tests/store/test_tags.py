import threading

import pytest

from nhipcau.website.store.tags import collecting, shows


def test_what_is_shown_is_collected():
    with collecting() as tags:
        shows("work:3f2a", "works:vi")
        shows("work:3f2a")

    assert tags == {"work:3f2a", "works:vi"}


def test_outside_of_a_page_it_says_nothing():
    shows("work:3f2a")

    with collecting() as tags:
        pass

    assert tags == set()


def test_a_part_made_within_a_page_is_shown_by_both():
    with collecting() as page:
        shows("topic:border")
        with collecting() as part:
            shows("work:3f2a")

    assert part == {"work:3f2a"}
    assert page == {"topic:border", "work:3f2a"}


def test_a_part_that_fails_has_shown_what_it_said_before():
    def fail():
        with collecting():
            shows("work:3f2a")
            raise ZeroDivisionError

    with collecting() as page, pytest.raises(ZeroDivisionError):
        fail()

    assert page == {"work:3f2a"}


def test_pages_made_at_the_same_time_do_not_mix():
    with collecting() as tags:
        other = threading.Thread(target=shows, args=("work:other",))
        other.start()
        other.join()

    assert tags == set()


@pytest.mark.parametrize("wrong", ["", " ", "work: 1", "việc:1", "a" * 121, ":", "work:", "a\n"])
def test_what_is_no_tag_is_refused_even_where_nobody_listens(wrong):
    with pytest.raises(ValueError, match="not a tag"):
        shows(wrong)
