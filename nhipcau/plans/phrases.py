"""Sentences that the review page says, gathered so that translators see each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.plans.enums import (
    BASIS_LABELS,
    HEADER_LABELS,
    LINE_LABELS,
    PERIOD_LABELS,
    TASK_LABELS,
    PartyRole,
    ProductKind,
    Recurrence,
)
from nhipcau.plans.rules.lines import BASES, DUTIES, FUNDING, RECIPIENTS, REPORTS
from nhipcau.plans.rules.review import Obstacle, Standing
from nhipcau.registry.enums import DocumentType


def obstacle_sentences(standing: Iterable[Standing]) -> list[str]:
    """Each obstacle as a sentence that says what to do."""
    return [_obstacle(one) for one in standing]


def _obstacle(standing: Standing) -> str:
    count = len(standing.keys)
    sentences = {
        Obstacle.NO_TASK: _("No task is left. Take at least one task back, or discard the import."),
        Obstacle.NO_TITLE_OF_PLAN: _("The plan has no title. Write it under “Document”."),
        Obstacle.NAME_UNDECIDED: ngettext(
            "One task names a unit that is not known: choose it under “Names”.",
            "%(count)d tasks name units that are not known: choose them under “Names”.",
            count,
        )
        % {"count": count},
        Obstacle.TITLE_EMPTY: ngettext(
            "One task has no title.", "%(count)d tasks have no title.", count
        )
        % {"count": count},
        Obstacle.ENDS_BEFORE_START: ngettext(
            "One task ends before it starts.", "%(count)d tasks end before they start.", count
        )
        % {"count": count},
    }
    return sentences[standing.obstacle]


def waiting_sentence(*, is_read: bool, attempts: int, before: int, somebody_works: bool) -> str:
    """Where a file stands that is not read yet: what is going on, and whether to do anything."""
    if not somebody_works:
        return _(
            "No background worker is at work at the moment; the plan is read as soon as one is. "
            "The operator sees it in “nhipcau doctor”."
        )
    if is_read and attempts > 1:
        return _(
            "The reading was interrupted and has begun again (attempt %(number)d). "
            "Nothing is lost, and you need not do anything."
        ) % {"number": attempts}
    if is_read:
        return _(
            "The plan is being read. This takes a few seconds; you may also close the page "
            "and come back."
        )
    if before:
        return ngettext(
            "One file is read before this one; you may also close the page and come back.",
            "%(count)d files are read before this one; you may also close the page and come back.",
            before,
        ) % {"count": before}
    return _("The plan is about to be read; you may also close the page and come back.")


def review_phrases(*, languages: Mapping[str, str]) -> dict[str, object]:
    """What the script of the review page says; `languages` are names by tag, to choose from."""
    return {
        "roles": {value: str(label) for value, label in PartyRole.choices},
        "recurrences": {value: str(label) for value, label in Recurrence.choices},
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "offline": _("No connection. What you typed is kept here; it is sent again in a moment."),
        "counts": _("%(tasks)s tasks, %(open)s points to look at"),
        "refused": _("The server did not take this change; please load the page again."),
        "loading": _("A long plan: %(tasks)s tasks are here, more are on the way."),
        "moved_on": _("Somebody else has gone on meanwhile; this is the newest state."),
        "no_title": _("Plan without a title"),
        "n_tasks": _("tasks"),
        "n_warnings": _("warnings"),
        "n_names": _("unknown names"),
        "n_doubtful": _("doubtful readings"),
        "group_warnings": _("Warnings of the reader"),
        "group_names": _("Names that are not on record"),
        "group_doubtful": _("Tasks in which the reader is not sure"),
        "nothing_to_look_at": _("Nothing is open. Look through the tasks once, then accept."),
        "see_words": _("See the words"),
        "see_task": _("See the task"),
        "choose_unit": _("Choose the unit"),
        "and_more": _("… and %(count)s more, marked in the list of tasks."),
        "names_help": _("Say once what a name means; it counts wherever the plan uses it."),
        "doubtful_short": _("not sure"),
        "time_short": _("Timing"),
        "items": str(TASK_LABELS["items"]),
        "no_area": _("No area (central body)"),
        "unit_name": _("Official name"),
        "unit_kind": _("Kind of unit"),
        "unit_area": _("Area"),
        "make_unit": _("Bring it on record and choose it"),
        "rejected": _("No task"),
        "take_back": _("Take back"),
        "reject": _("No task"),
        "edit": _("Edit"),
        "save": _("Save"),
        "cancel": _("Cancel"),
        "merge": _("Merge with the one above"),
        "split": _("Split"),
        "split_help": _("One title a line: each line becomes a task."),
        "indent": _("Move in"),
        "outdent": _("Move out"),
        "add_below": _("Add a task below"),
        "title": str(TASK_LABELS["title"]),
        "time": str(TASK_LABELS["timing"]),
        "starts": str(TASK_LABELS["starts_on"]),
        "ends": str(TASK_LABELS["ends_on"]),
        "often": str(TASK_LABELS["recurrence"]),
        "tentative": _("Tentative"),
        "parties": str(TASK_LABELS["parties"]),
        "add_party": _("Add a unit"),
        "remove": _("Remove"),
        "products": str(TASK_LABELS["products"]),
        "add_product": _("Add a product"),
        "product_kinds": {value: str(label) for value, label in ProductKind.choices},
        "product_kind": _("Kind"),
        "kind_unknown": _("not known"),
        "at_least": _("At least"),
        "at_most": _("At most"),
        "counted_in": _("Counted in"),
        "from_to": _("from %(least)s to %(most)s"),
        "at_least_so_many": _("at least %(least)s"),
        "no_more_than": _("at most %(most)s"),
        "languages": languages,
        "languages_label": str(TASK_LABELS["languages"]),
        "add_language": _("Add a language"),
        "targets": str(TASK_LABELS["targets"]),
        "add_item": _("Add a point"),
        "item_actors": _("Units named in it, parted by semicolons"),
        "remark": _("What the plan says behind the name"),
        "audiences": str(TASK_LABELS["audiences"]),
        "one_a_line": _("One a line"),
        "doubtful": _("The reader is not sure here: compare with the words of the plan."),
        "undecided": _("Unknown unit"),
        "ambiguous": _("Several units have this name"),
        "candidates": _("The unit meant"),
        "as_written": _("Keep as written"),
        "all_as_written": _("Keep all unknown names as written"),
        "new_unit": _("New unit …"),
        "search_unit": _("Search the register"),
        "nothing_found": _("No unit found. Try fewer words."),
        "names_done": _("Every unit is known. Nothing to do here."),
        "used_by": _("named in %(count)s tasks"),
        "header": {name: str(label) for name, label in HEADER_LABELS.items()},
        "types": {value: str(label) for value, label in DocumentType.choices},
        "covers_from": str(PERIOD_LABELS["starts_on"]),
        "covers_to": str(PERIOD_LABELS["ends_on"]),
        "is_draft": str(PERIOD_LABELS["is_draft"]),
        "parts": {
            BASES: {"title": _("Legal bases"), "add": _("Add a legal basis")},
            FUNDING: {"title": _("Funding"), "add": _("Add a source of money")},
            DUTIES: {"title": _("Duties of units"), "add": _("Add a duty")},
            REPORTS: {"title": _("Reports owed"), "add": _("Add a report that is owed")},
            RECIPIENTS: {"title": _("Recipients"), "add": _("Add a recipient")},
        },
        "basis": {name: str(label) for name, label in BASIS_LABELS.items()},
        "not_taken": _("Leave out"),
        "words": str(LINE_LABELS["words"]),
        "unit_words": str(LINE_LABELS["unit"]),
        "nobody_named": _("no unit named"),
        "unit_later": _("looked up in the register on acceptance"),
        "only_words": _("only the words are kept"),
        "on_record": _("on record"),
        "choose_from_list": _("Choose a unit of the list, or leave this empty."),
        "report_to": str(LINE_LABELS["to"]),
        "report_deadline": str(LINE_LABELS["deadline"]),
    }
