from django.db import migrations
from django.db.models import Exists, F, Min, OuterRef, Subquery


def note_whose_steps_they_are(apps, _schema_editor):
    """The subject and the version of each step, as opening one notes them from now on."""
    step = apps.get_model("publishing", "OpenStep")
    item = apps.get_model("publishing", "ClearanceItem").objects.filter(pk=OuterRef("item"))
    step.objects.update(
        subject=Subquery(item.values("clearance__subject")),
        version=Subquery(item.values("version")),
    )


def note_what_is_ready(apps, _schema_editor):
    """Approved words that never went out are ready since their approval."""
    version = apps.get_model("translation", "LanguageVersion")
    approval = apps.get_model("translation", "Approval")
    released = apps.get_model("publishing", "ReleasedVersion")
    went_out = released.objects.filter(revision=OuterRef("approved_revision"))
    approved = approval.objects.filter(revision=OuterRef("approved_revision"))
    waits = version.objects.filter(~Exists(went_out), approved_revision__isnull=False)
    waits.update(ready_since=Subquery(approved.values("at")[:1]))


def note_what_is_public(apps, _schema_editor):
    """Works are public since the first of the releases that the public reads."""
    work = apps.get_model("works", "Work")
    released = apps.get_model("publishing", "ReleasedVersion")
    since = (
        released.objects.filter(
            release__subject=OuterRef("pk"), superseded_at__isnull=True, withdrawn_at__isnull=True
        )
        .order_by()
        .values(subject=F("release__subject"))
        .annotate(since=Min("release__released_at"))
        .values("since")
    )
    work.objects.update(public_since=Subquery(since))


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0005_what_waits_by_subject'),
        ('translation', '0008_what_is_ready'),
        ('works', '0006_lists_come_from_indexes'),
    ]

    operations = [
        migrations.RunPython(note_whose_steps_they_are, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(note_what_is_ready, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(note_what_is_public, migrations.RunPython.noop, elidable=True),
    ]
