import pytest
from django.utils import timezone
from wagtail.models import Page

from nhipcau.outbox.actions import register_consumers, work
from nhipcau.search.engine.building import Build
from nhipcau.search.engine.trees import tree_of


@pytest.fixture
def indexing(settings, tmp_path):
    """An index of pages in a folder of its own, and a worker at hand."""
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "nhipcau.search.engine.backend"}}
    return Indexing(settings)


class Indexing:
    def __init__(self, settings):
        self.consumer = f"search@{settings.NODE}"
        register_consumers(at=timezone.now())
        rebuild(Page)

    def catch_up(self):
        """What the worker does when it comes round."""
        return work(consumer=self.consumer, at=timezone.now(), worker="test")


def rebuild(model):
    with Build(tree_of(model)) as build:
        return list(build.run())


@pytest.fixture
def page(db):
    """Makes a page under the root, as an editor would."""
    root = Page.objects.get(depth=1)

    def make(title, **fields):
        return root.add_child(instance=Page(title=title, **fields))

    return make
