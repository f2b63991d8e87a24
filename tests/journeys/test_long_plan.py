"""A plan longer than any page: its review comes in parts, and is worked on as every other."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.survey]
PLANNER = "ke-hoach"


def test_a_plan_of_more_than_a_thousand_tasks_is_all_there_to_be_reviewed(visit):
    here = visit(PLANNER)
    details = "- Đơn vị chủ trì: Sở Ngoại vụ.\n- Thời gian thực hiện: Quý II/2026."
    groups = [
        (
            f"Giới thiệu nhóm chợ phiên thứ {group}",
            "\n\n".join(
                f"{group}.{place}. Biên soạn tờ gấp số {group * 100 + place}\n\n{details}"
                for place in range(1, 61)
            ),
        )
        for group in range(1, 21)
    ]

    here.bring_plan(number=108, title="Một nghìn hai trăm tờ gấp", tasks=groups)

    here.page.keyboard.press("2")
    assert here.page.locator("#n-tasks").inner_text() == "1220"
    here.page.fill("#task-search", "Biên soạn tờ gấp số 2060")
    here.page.wait_for_function("document.querySelectorAll('#tasks .task').length === 1")
    assert here.titles() == ["Biên soạn tờ gấp số 2060"]
    here.page.fill("#task-search", "")
    here.page.wait_for_function("document.querySelectorAll('#tasks .task').length === 200")
    here.page.locator("#tasks .task-head").nth(2).focus()
    here.key("m")
    assert here.page.locator("#n-tasks").inner_text() == "1219"
