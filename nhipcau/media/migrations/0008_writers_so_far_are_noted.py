from django.db import migrations

PERSON = "person:"


def note_who_wrote_so_far(apps, _schema_editor):
    """Whoever saved subtitles is on record with each save; of a transcript, who saved it last."""
    writer = apps.get_model("media", "SpokenWriter")
    saves = apps.get_model("media", "SubtitlesSave").objects.values_list(
        "subtitles__item", "subtitles__language", "saved_by_key"
    )
    standing = [
        apps.get_model("media", name).objects.values_list("item", "language", "changed_by_key")
        for name in ("Subtitles", "Transcript")
    ]
    persons = set(apps.get_model("people", "Person").objects.values_list("pk", flat=True))
    hands = {
        (item, language, int(key.removeprefix(PERSON)))
        for rows in (saves, *standing)
        for item, language, key in rows.iterator(chunk_size=500)
        if key.startswith(PERSON)
    }
    writer.objects.bulk_create(
        [
            writer(item_id=item, language_id=language, person_id=person)
            for item, language, person in sorted(hands)
            if person in persons
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0007_who_wrote_what_is_said'),
    ]

    operations = [
        migrations.RunPython(note_who_wrote_so_far, migrations.RunPython.noop, elidable=True),
    ]
