"""What was stopped before is put out of sight as what is stopped now: its words stay in revisions."""

from django.db import migrations
from django.utils import timezone


def put_out_of_sight(apps, _schema_editor):
    LanguageVersion = apps.get_model("translation", "LanguageVersion")
    Subject = apps.get_model("translation", "Subject")
    Stop = apps.get_model("translation", "Stop")
    Revision = apps.get_model("wagtailcore", "Revision")
    ModelLogEntry = apps.get_model("wagtailcore", "ModelLogEntry")
    ContentType = apps.get_model("contenttypes", "ContentType")
    kind = ContentType.objects.filter(app_label="translation", model="languageversion").first()
    stopped = LanguageVersion.objects.filter(state="stopped").values_list("subject", flat=True)
    for subject in Subject.objects.filter(pk__in=list(stopped)):
        Stop.objects.create(subject=subject, stopped_at=timezone.now())
        texts = LanguageVersion.objects.filter(subject=subject)
        for text in texts:
            LanguageVersion.objects.filter(pk=text.pk).update(
                state="stopped",
                title="",
                title_vi=subject.short_id if text.mode == "spoken" else "",
                summary="",
                body=[],
                slug="",
                search_description="",
                folded="",
            )
        keys = [str(key) for key in texts.values_list("pk", flat=True)]
        if kind is not None:
            for labelled, name in ((Revision, "object_str"), (ModelLogEntry, "label")):
                labelled.objects.filter(content_type=kind, object_id__in=keys).update(
                    **{name: subject.short_id}
                )


class Migration(migrations.Migration):
    dependencies = [
        ("translation", "0005_what_was_stopped"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(put_out_of_sight, migrations.RunPython.noop)]
