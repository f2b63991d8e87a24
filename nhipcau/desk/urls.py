"""Addresses of the desk's own pages, under /admin/: units, documents, areas and the like."""

from __future__ import annotations

from django.urls import path

from nhipcau.desk.views import (
    additions,
    area_changes,
    background,
    diary,
    document_changes,
    documents,
    groups,
    languages,
    overview,
    places,
    undoing,
    unit_changes,
    unit_names,
    units,
)

app_name = "desk"
urlpatterns = [
    path("diary/", diary.diary, name="diary"),
    path("background/", background.background, name="background"),
    path("registry/", overview.overview, name="registry"),
    path("registry/units/", units.index, name="units"),
    path("registry/units/import/", units.bring_sheet, name="bring_units"),
    path("registry/units/import/<slug:digest>/", units.sheet, name="unit_sheet"),
    path("registry/units/<uuid:uuid>/", units.unit, name="unit"),
    path("registry/units/<uuid:uuid>/name/", unit_names.add_name, name="name_unit"),
    path("registry/units/<uuid:uuid>/code/", unit_names.set_code, name="code_unit"),
    path(
        "registry/units/<uuid:uuid>/name/<int:key>/take-back/",
        unit_names.take_back_name,
        name="take_back_unit_name",
    ),
    path(
        "registry/units/<uuid:uuid>/code/<int:key>/take-back/",
        unit_names.take_back_code,
        name="take_back_unit_code",
    ),
    path("registry/units/<uuid:uuid>/change/", unit_changes.choose, name="change_unit_kinds"),
    path("registry/units/<uuid:uuid>/change/<slug:kind>/", unit_changes.change, name="change_unit"),
    path(
        "registry/units/<uuid:uuid>/change/<int:key>/take-back/",
        unit_changes.take_back,
        name="take_back_unit_change",
    ),
    path("papers/", documents.index, name="documents"),
    path("papers/add/", document_changes.add, name="add_document"),
    path("papers/<uuid:uuid>/", documents.document, name="document"),
    path(
        "papers/<uuid:uuid>/correct/",
        document_changes.correct,
        name="correct_document",
    ),
    path(
        "papers/<uuid:uuid>/receive/",
        document_changes.receive,
        name="receive_document",
    ),
    path("papers/<uuid:uuid>/bind/", document_changes.bind, name="bind_document"),
    path("papers/<uuid:uuid>/link/", document_changes.link, name="link_document"),
    path(
        "papers/<uuid:uuid>/link/<int:key>/withdraw/",
        document_changes.withdraw_link,
        name="withdraw_link",
    ),
    path(
        "papers/<uuid:uuid>/take-off/",
        document_changes.take_off,
        name="take_off_document",
    ),
    path(
        "papers/<uuid:uuid>/undo/<int:key>/",
        document_changes.undo,
        name="undo_document",
    ),
    path("registry/areas/", places.areas, name="areas"),
    path("registry/areas/add/", additions.area, name="add_area"),
    path("registry/areas/<int:key>/border/", additions.trait, name="tag_area"),
    path(
        "registry/areas/<int:key>/border/<int:tag>/take-back/",
        additions.take_back_trait,
        name="untag_area",
    ),
    path("registry/areas/<int:key>/", places.area, name="area"),
    path("registry/areas/<int:key>/change/", area_changes.choose, name="change_area_kinds"),
    path("registry/areas/<int:key>/change/<slug:kind>/", area_changes.change, name="change_area"),
    path(
        "registry/areas/<int:key>/change/<int:change>/take-back/",
        area_changes.take_back,
        name="take_back_area_change",
    ),
    path("registry/areas/<int:key>/correct/", places.correct, name="correct_area"),
    path("registry/gates/", places.gates, name="gates"),
    path("registry/gates/add/", additions.gate, name="add_gate"),
    path("registry/gates/<int:key>/correct/", places.correct_neighbour, name="correct_gate"),
    path("registry/gates/<int:key>/kind/", places.change_kind, name="change_gate_kind"),
    path("registry/languages/", languages.index, name="languages"),
    path("registry/languages/new/add/", additions.language, name="add_language"),
    path("registry/languages/<slug:tag>/", languages.language, name="language"),
    path("registry/languages/<slug:tag>/correct/", languages.correct, name="correct_language"),
    path("registry/languages/<slug:tag>/use/", languages.use, name="use_language"),
    path("registry/groups/", groups.index, name="groups"),
    path("registry/groups/add/", additions.group, name="add_group"),
    path("registry/groups/<int:key>/", groups.group, name="group"),
    path("registry/groups/<int:key>/correct/", groups.correct, name="correct_group"),
    path("registry/undo/<int:key>/", undoing.undo, name="undo"),
]
