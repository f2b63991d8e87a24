"""Sentences that the review page says, gathered so that translators see each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.plans.enums import PartyRole, Recurrence
from nhipcau.plans.rules.review import Obstacle, Standing


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


def review_phrases() -> dict[str, object]:
    """What the script of the review page says."""
    return {
        "roles": {value: str(label) for value, label in PartyRole.choices},
        "recurrences": {value: str(label) for value, label in Recurrence.choices},
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "offline": _("No connection. What you typed is kept here; it is sent again in a moment."),
        "tasks": _("%(count)s tasks"),
        "kept": _("Becomes a task"),
        "rejected": _("No task"),
        "take_back": _("Take back"),
        "reject": _("No task"),
        "edit": _("Edit"),
        "save": _("Save"),
        "cancel": _("Cancel"),
        "merge": _("Merge with the one above"),
        "merge_chosen": _("Merge the chosen ones"),
        "split": _("Split"),
        "split_help": _("One title a line: each line becomes a task."),
        "indent": _("Move in"),
        "outdent": _("Move out"),
        "add_below": _("Add a task below"),
        "add_from_words": _("New task from the marked words"),
        "title": _("Task"),
        "time": _("Time as printed"),
        "starts": _("Starts on"),
        "ends": _("Due on"),
        "often": _("How often"),
        "tentative": _("Tentative"),
        "parties": _("Units"),
        "add_party": _("Add a unit"),
        "remove": _("Remove"),
        "products": _("Products"),
        "audiences": _("Audiences"),
        "one_a_line": _("One a line"),
        "doubtful": _("The reader is not sure here; please look at the words of the plan."),
        "undecided": _("Unknown unit"),
        "ambiguous": _("Several units have this name"),
        "candidates": _("Meant is"),
        "as_written": _("Keep as written"),
        "all_as_written": _("Keep all unknown names as written"),
        "new_unit": _("New unit …"),
        "search_unit": _("Search the register"),
        "nothing_found": _("No unit found. Try fewer words."),
        "names_done": _("Every unit is known. Nothing to do here."),
        "warnings_none": _("The reader found nothing unusual."),
        "used_by": _("named in %(count)s tasks"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "show_rejected": _("Show what is no task"),
        "search": _("Search in the tasks"),
        "header": {
            "doc_type": _("Type"),
            "number": _("Number"),
            "symbol": _("Symbol"),
            "date": _("Date (year-month-day)"),
            "issuing_body": _("Issuing body"),
            "place": _("Place"),
            "title": _("Title"),
            "signer_name": _("Signed by"),
            "signer_title": _("Post"),
        },
        "bases": _("Legal bases"),
        "funding": _("Funding"),
        "recipients": _("Recipients"),
    }
