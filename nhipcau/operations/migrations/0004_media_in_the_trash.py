"""What was put into the trash of the library goes after half a year: pictures show people."""

from datetime import date

from django.db import migrations

LAW = (
    "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP,"
    " hiệu lực từ ngày 01/01/2026"
)
REASON = (
    "Ảnh, tệp đã bỏ vào thùng rác nửa năm, chưa từng phát hành và không nơi nào dùng, thì không"
    " còn cần; ảnh có thể có người."
)


def ship(apps, schema_editor):
    apps.get_model("operations", "RetentionRule").objects.create(
        kind="trashed-media", days=180, since=date(2026, 1, 1), source=LAW, reason=REASON
    )


class Migration(migrations.Migration):
    dependencies = [("operations", "0003_uploads_that_stopped")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
