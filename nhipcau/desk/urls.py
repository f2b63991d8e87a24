"""Addresses of the desk's own pages, under /admin/: units, documents, areas and the like."""

from __future__ import annotations

from django.urls import URLPattern, path

from nhipcau.desk.views import (
    additions,
    background,
    changes,
    corrections,
    diary,
    document_changes,
    documents,
    groups,
    languages,
    names,
    overview,
    places,
    province,
    undoing,
    units,
)

app_name = "desk"


def pages_of(what: str, one: str, of: changes.Changing) -> list[URLPattern]:
    """Under the page of one unit, or one area: its names, its codes, what became of it."""
    door = of.door
    return [
        path(f"{one}name/", names.AddName.as_view(door=door), name=f"name_{what}"),
        path(f"{one}code/", names.SetCode.as_view(door=door), name=f"code_{what}"),
        path(
            f"{one}name/<int:told>/take-back/",
            names.TakeBackPage.as_view(door=door),
            name=f"take_back_{what}_name",
        ),
        path(
            f"{one}code/<int:told>/take-back/",
            names.TakeBackPage.as_view(door=door, what="codes"),
            name=f"take_back_{what}_code",
        ),
        path(f"{one}change/", changes.Choose.as_view(of=of), name=f"change_{what}_kinds"),
        path(f"{one}change/<slug:kind>/", changes.Change.as_view(of=of), name=f"change_{what}"),
        path(
            f"{one}change/<int:change>/take-back/",
            changes.TakeBack.as_view(of=of),
            name=f"take_back_{what}_change",
        ),
    ]


urlpatterns = [
    path("diary/", diary.diary, name="diary"),
    path("background/", background.background, name="background"),
    path("province/", province.ProvincePage.as_view(), name="province"),
    path(
        "province/former/<int:key>/emblem/",
        province.former_emblem,
        name="former_emblem",
    ),
    path("province/former/<int:key>/put-back/", province.put_back, name="put_back_look"),
    path("registry/", overview.overview, name="registry"),
    path("registry/units/", units.index, name="units"),
    path("registry/units/import/", units.bring_sheet, name="bring_units"),
    path("registry/units/import/<slug:digest>/", units.sheet, name="unit_sheet"),
    path("registry/units/<uuid:uuid>/", units.unit, name="unit"),
    *pages_of("unit", "registry/units/<uuid:uuid>/", changes.OF_UNITS),
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
    path("registry/areas/add/", additions.AddArea.as_view(), name="add_area"),
    path("registry/areas/<int:key>/border/", additions.MarkArea.as_view(), name="tag_area"),
    path(
        "registry/areas/<int:key>/border/<int:tag>/take-back/",
        additions.TakeBackMark.as_view(),
        name="untag_area",
    ),
    path("registry/areas/<int:key>/", places.area, name="area"),
    *pages_of("area", "registry/areas/<int:key>/", changes.OF_AREAS),
    path(
        "registry/areas/<int:key>/correct/", corrections.CorrectArea.as_view(), name="correct_area"
    ),
    path("registry/gates/", places.gates, name="gates"),
    path("registry/gates/add/", additions.AddGate.as_view(), name="add_gate"),
    path(
        "registry/gates/<int:key>/correct/",
        corrections.CorrectNeighbour.as_view(),
        name="correct_gate",
    ),
    path(
        "registry/gates/<int:key>/kind/", corrections.ChangeKind.as_view(), name="change_gate_kind"
    ),
    path("registry/languages/", languages.index, name="languages"),
    path("registry/languages/new/add/", additions.AddLanguage.as_view(), name="add_language"),
    path("registry/languages/<slug:tag>/", languages.language, name="language"),
    path(
        "registry/languages/<slug:tag>/correct/",
        corrections.CorrectLanguage.as_view(),
        name="correct_language",
    ),
    path("registry/languages/<slug:tag>/use/", languages.use, name="use_language"),
    path("registry/groups/", groups.index, name="groups"),
    path("registry/groups/add/", additions.AddGroup.as_view(), name="add_group"),
    path("registry/groups/<int:key>/", groups.group, name="group"),
    path(
        "registry/groups/<int:key>/correct/",
        corrections.CorrectGroup.as_view(),
        name="correct_group",
    ),
    path("registry/undo/<int:key>/", undoing.undo, name="undo"),
]
