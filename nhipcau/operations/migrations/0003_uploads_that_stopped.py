"""Uploads that nobody went on with grow old as well: what was received may show people."""

from datetime import date

from django.db import migrations

LAW = (
    "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP,"
    " hiệu lực từ ngày 01/01/2026"
)
REASON = "Tệp tải lên dở dang không ai gửi tiếp thì không còn cần cho việc gì."


def ship(apps, schema_editor):
    apps.get_model("operations", "RetentionRule").objects.create(
        kind="stopped-upload", days=7, since=date(2026, 1, 1), source=LAW, reason=REASON
    )


class Migration(migrations.Migration):
    dependencies = [("operations", "0002_retention_rules")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
