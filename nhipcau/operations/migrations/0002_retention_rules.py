"""The retention rules that come with the house; a province adds its own rows with a later day."""

from datetime import date

from django.db import migrations

LAW = (
    "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15 và Nghị định 356/2025/NĐ-CP,"
    " hiệu lực từ ngày 01/01/2026"
)
RULES = [
    ("sign-in", 7, "Phiên đăng nhập đã hết hạn không còn cần cho việc gì."),
    ("background-task", 30, "Kết quả xử lý nền chỉ cần trong thời gian tìm nguyên nhân sự cố."),
    (
        "departed-person",
        1825,
        "Họ tên người đã thôi việc còn cần để đối chiếu hồ sơ của kế hoạch 5 năm; sau đó thay"
        " bằng bí danh, việc đã làm vẫn giữ nguyên.",
    ),
]


def ship(apps, schema_editor):
    rule = apps.get_model("operations", "RetentionRule")
    for kind, days, reason in RULES:
        rule.objects.create(
            kind=kind, days=days, since=date(2026, 1, 1), source=LAW, reason=reason
        )


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_operations_begins")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
