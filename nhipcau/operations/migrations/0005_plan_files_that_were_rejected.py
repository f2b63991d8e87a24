"""A file that was brought as a plan and became none goes after a quarter of a year."""

from datetime import date

from django.db import migrations

LAW = (
    "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP,"
    " hiệu lực từ ngày 01/01/2026"
)
REASON = (
    "Tệp không đọc được hoặc đã bị loại không trở thành kế hoạch; sau 90 ngày không còn cần, mà"
    " có thể chứa tên người và nằm trong mọi bản sao lưu."
)


def ship(apps, schema_editor):
    apps.get_model("operations", "RetentionRule").objects.create(
        kind="rejected-plan-file", days=90, since=date(2026, 1, 1), source=LAW, reason=REASON
    )


class Migration(migrations.Migration):
    dependencies = [("operations", "0004_media_in_the_trash")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
