import json

from django.db import migrations

from nhipcau.translation.rules.media_numbers import numbers_in


def note_what_words_show(apps, _schema_editor):
    """The newest words of each version and the approved ones, as saving notes them from now on."""
    version_of = apps.get_model("translation", "LanguageVersion")
    approval = apps.get_model("translation", "Approval")
    item = apps.get_model("media", "MediaItem")
    use = apps.get_model("translation", "MediaUse")
    known = set(item.objects.values_list("pk", flat=True))
    newest = version_of.objects.exclude(latest_revision=None).values_list(
        "pk", "latest_revision_id", "latest_revision__content"
    )
    approved = approval.objects.values_list("version_id", "revision_id", "revision__content")
    for rows in (newest, approved):
        for version, revision, content in rows.iterator(chunk_size=500):
            body = content.get("body") or "[]"
            shown = set(numbers_in(json.loads(body) if isinstance(body, str) else body)) & known
            use.objects.bulk_create(
                [use(version_id=version, revision_id=revision, item_id=each) for each in shown],
                ignore_conflicts=True,
            )


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0002_what_words_show_of_the_library'),
    ]

    operations = [
        migrations.RunPython(note_what_words_show, migrations.RunPython.noop, elidable=True),
    ]
