from django.db import migrations
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce


def note_sizes(apps, _schema_editor):
    """The size of each item's file, and of all its files, as adding one notes them from now on."""
    item = apps.get_model("media", "MediaItem")
    file = apps.get_model("media", "MediaFile")
    current = file.objects.filter(pk=OuterRef("current")).values("stored__size_bytes")
    kept = (
        file.objects.filter(item=OuterRef("pk"))
        .order_by()
        .values("item")
        .annotate(total=Sum("stored__size_bytes"))
        .values("total")
    )
    item.objects.update(
        size_bytes=Coalesce(Subquery(current), 0), kept_bytes=Coalesce(Subquery(kept), 0)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('media', '0005_lists_come_from_indexes'),
    ]

    operations = [
        migrations.RunPython(note_sizes, migrations.RunPython.noop, elidable=True),
    ]
