"""Works whose words were stopped before are called by their short address, as they are now."""

from django.db import migrations


def forget_titles(apps, _schema_editor):
    Work = apps.get_model("works", "Work")
    stops = apps.get_model("translation", "Stop").objects.filter(lifted_at__isnull=True)
    stopped = list(stops.values_list("subject", flat=True))
    Work.objects.filter(pk__in=stopped).update(title="", folded="")
    brought = apps.get_model("works", "BroughtRecord").objects.filter(work__in=stopped)
    rows = apps.get_model("works", "RecordSheetRow").objects
    for unit, key in brought.values_list("unit", "key"):
        rows.filter(sheet__unit=unit, key=key).update(title="")


class Migration(migrations.Migration):
    dependencies = [
        ("works", "0004_records_come_in_by_the_web"),
        ("translation", "0006_stopped_words_go_out_of_sight"),
    ]

    operations = [migrations.RunPython(forget_titles, migrations.RunPython.noop)]
