"""A small house with a plan in every state, and the pages that a person walks through in it."""

import time
from datetime import UTC, datetime

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nhipcau.people.actions import invite
from nhipcau.people.enums import Role
from nhipcau.people.queries.invitations import invitation_token
from nhipcau.people.tests.factories import PASSWORD, TEST, make_unit, make_user
from nhipcau.plans.actions import accepting, importing, review
from nhipcau.plans.models import PlanImport
from nhipcau.plans.tasks import read_plan
from nhipcau.registry.actions.areas import create_area
from nhipcau.registry.actions.gates import create_gate
from nhipcau.registry.actions.groups import create_group
from nhipcau.registry.models import Area, Document, Language
from nhipcau.translation.actions import remark, save_words
from nhipcau.works.actions import start_work

AT = datetime(2026, 3, 2, 5, tzinfo=UTC)

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}/KH-UBND
Lạng Sơn, ngày 26 tháng 01 năm 2026

KẾ HOẠCH
{title}

Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ về thông tin đối ngoại;
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Giúp khách biết ngày họp chợ và cách đi.

II. NỘI DUNG

1. Biên soạn tờ gấp giới thiệu sáu chợ phiên

- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.
- Đơn vị phối hợp: {partner}.
- Thời gian thực hiện: Quý II/2026.
- Sản phẩm: 01 tờ gấp song ngữ Việt - Trung.

2. Phát bản tin hướng dẫn đi chợ trên loa cửa khẩu

- Đơn vị chủ trì: Sở Công Thương.
- Thời gian thực hiện: Thường xuyên.

III. KINH PHÍ

Kinh phí thực hiện từ nguồn ngân sách tỉnh được giao năm 2026.

IV. TỔ CHỨC THỰC HIỆN

1. Sở Văn hóa, Thể thao và Du lịch báo cáo UBND tỉnh trước ngày 30/11 hằng năm.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

Nông Văn Mẫu
"""


class House:
    """Two units, a planner who is the operator too, and three imports of plans."""

    def __init__(self):
        self.unit = make_unit()
        make_unit("Sở Công Thương")
        place = create_area(key="xa/mau-son", kind="commune", name="Xã Mẫu Sơn", by=TEST, at=AT)
        self.gate = create_gate(
            key="cua-khau/chi-ma",
            name="Cửa khẩu Chi Ma",
            kind="bilateral",
            parent=place,
            neighbour_country="CN",
            neighbour_gate="Ái Điểm",
            by=TEST,
            at=AT,
        )
        self.group = create_group(key="so", name="Các sở", unit_kind="department", by=TEST, at=AT)
        self.chinese = Language.objects.create(
            tag="zh-Hans", name="Tiếng Trung (giản thể)", script="Hans"
        )
        self.user = make_user(
            Role.PLANNER, Role.OPERATOR, unit=self.unit, email="mau@langson.example.vn"
        )
        ready = self._bring(PLAN.format(number=18, title="Đi chợ phiên", partner="Sở Công Thương"))
        review.keep_names_as_written(
            plan_import=ready, seen=ready.steps_done, by=self.user.person, at=AT
        )
        ready.refresh_from_db()
        self.plan = accepting.accept(plan_import=ready, by=self.user.person, at=AT)
        self.cited = Document.objects.placeholders().get()
        self.review = self._bring(
            PLAN.format(number=19, title="Đi chợ đêm", partner="Hội Cựu giáo chức chợ phiên")
        )
        self.invitation = invite(
            email="moi@langson.example.vn",
            unit=self.unit,
            roles=[Role.TRANSLATOR],
            by=self.user.person,
            at=timezone.now(),
        )
        self.refused = self._bring("Không phải kế hoạch.")

        self.author = make_user(Role.AUTHOR, unit=self.unit, email="tac-gia@langson.example.vn")
        self.words = self._written()

    def _written(self):
        """A work with two saved states and a remark; its Vietnamese words."""
        work = start_work(
            kind="bulletin",
            unit=self.unit,
            language=Language.objects.create(tag="vi", name="Tiếng Việt", script="Latn"),
            title="Chợ đêm cuối tuần",
            by=self.author.person,
            at=AT,
        )
        words = work.subject.versions.get()
        body = [{"type": "text", "value": "<p>Chợ họp tối thứ bảy.</p>"}]
        save_words(version=words, by=self.author.person, at=AT, words={"body": body})
        remark(version=words, text="Nói rõ giờ họp chợ.", by=self.author.person, at=AT)
        words.refresh_from_db()
        return words

    def _bring(self, text):
        brought = importing.bring_file(
            chunks=[text.encode()],
            file_name="18-kh-ubnd.txt",
            unit=self.unit,
            by=self.user.person,
            at=AT,
        )
        read_plan.call(brought.plan_import.pk)
        return PlanImport.objects.get(pk=brought.plan_import.pk)

    def texts(self):
        """What stands on pages because somebody wrote it."""
        return [
            PLAN,
            self.refused.refusal_vi,
            self.chinese.name,
            self.user.email,
            self.invitation.person.email,
            self.user.person.full_name,
            *(unit.label for unit in type(self.unit).objects.all()),
            *(area.label for area in Area.objects.all()),
            *(
                f"{found.citation} {found.title} {found.issuer_text}"
                for found in Document.objects.all()
            ),
            self.gate.neighbour_gate,
            self.group.name,
            self.chinese.tag,
            TEST.actor_name,
            *(one.file_name for one in PlanImport.objects.all()),
            self.author.email,
            self.words.title,
            self.words.language.tag,
            self.words.subject.short_id,
            str(self.words.body.raw_data),
            *(said.text for said in self.words.remarks.all()),
        ]

    def walk(self):
        """(address, what came) for every page that people meet, and their letters."""
        yield from self._strangers_pages()
        client = Client(headers={"accept-language": "vi", "user-agent": "Mozilla/5.0"})
        client.post(
            reverse("account_login"), {"login": self.user.email, "password": PASSWORD}, follow=True
        )
        for address in self._addresses():
            yield address, self._page(client.get(address, follow=True))
        for address, form in self._mistakes():
            yield f"POST {address}", self._page(client.post(address, form, follow=True))
        yield from self._second_factor(client)
        writer = Client(headers={"accept-language": "vi", "user-agent": "Mozilla/5.0"})
        writer.force_login(self.author)
        for address in self._addresses_of_words():
            yield address, self._page(writer.get(address, follow=True))
        yield from (
            (f"letter {number}", f"{letter.subject}\n{letter.body}")
            for number, letter in enumerate(mail.outbox)
        )

    def _strangers_pages(self):
        client = Client(headers={"accept-language": "vi", "user-agent": "Mozilla/5.0"})
        for name in ("account_login", "account_reset_password", "account_reset_password_done"):
            yield reverse(name), self._page(client.get(reverse(name)))
        token = invitation_token(self.invitation)
        for address in (
            reverse("people_invitation", args=[token]),
            reverse("people_invitation", args=["hong"]),
        ):
            yield address, self._page(client.get(address))
        for name, form in (
            ("account_login", {}),
            ("account_login", {"login": "ai@langson.example.vn", "password": "sai-sai-sai"}),
            ("account_reset_password", {}),
            ("account_reset_password", {"email": self.user.email}),
        ):
            yield f"POST {reverse(name)}", self._page(client.post(reverse(name), form, follow=True))

    def _addresses(self):
        plan, task = self.plan.uuid, self.plan.tasks.order_by("order")[0]
        return [
            "/admin/",
            "/admin/account/",
            "/admin/reports/site-history/",
            "/admin/images/",
            "/admin/images/add/",
            "/admin/images/chooser/",
            "/admin/documents/",
            "/admin/documents/chooser/",
            "/admin/people/",
            "/admin/people/invite/",
            f"/admin/people/{self.user.person.uuid}/",
            "/admin/registry/units/",
            "/admin/registry/units/import/",
            f"/admin/registry/units/{self.unit.uuid}/",
            f"/admin/registry/units/{self.unit.uuid}/change/",
            f"/admin/registry/units/{self.unit.uuid}/change/merge/",
            f"/admin/registry/units/{self.unit.uuid}/change/split/",
            f"/admin/registry/units/{self.unit.uuid}/change/transfer_function/",
            f"/admin/registry/units/{self.unit.uuid}/name/",
            f"/admin/registry/units/{self.unit.uuid}/code/",
            "/admin/khong-co/",
            "/admin/registry/",
            "/admin/papers/",
            "/admin/papers/?q=xyz",
            "/admin/papers/add/",
            f"/admin/papers/{self.plan.document.uuid}/",
            f"/admin/papers/{self.plan.document.uuid}/correct/",
            f"/admin/papers/{self.plan.document.uuid}/link/?way=here-basis&q=72",
            f"/admin/papers/{self.cited.uuid}/",
            f"/admin/papers/{self.cited.uuid}/receive/",
            f"/admin/papers/{self.cited.uuid}/bind/",
            "/admin/registry/areas/",
            "/admin/registry/areas/?q=xyz",
            f"/admin/registry/areas/{self.gate.area.pk}/",
            f"/admin/registry/areas/{self.gate.area.pk}/correct/",
            f"/admin/registry/areas/{self.gate.area.pk}/change/",
            f"/admin/registry/areas/{self.gate.area.pk}/change/rename/",
            f"/admin/registry/areas/{self.gate.area.pk}/border/",
            "/admin/registry/areas/add/",
            "/admin/registry/gates/add/",
            "/admin/registry/languages/new/add/",
            "/admin/registry/groups/add/",
            "/admin/registry/gates/",
            "/admin/registry/gates/?q=xyz",
            f"/admin/registry/gates/{self.gate.pk}/correct/",
            f"/admin/registry/gates/{self.gate.pk}/kind/",
            "/admin/registry/languages/",
            "/admin/registry/languages/?q=xyz",
            "/admin/registry/languages/zh-Hans/",
            "/admin/registry/languages/zh-Hans/correct/",
            "/admin/registry/groups/",
            f"/admin/registry/groups/{self.group.pk}/",
            f"/admin/registry/groups/{self.group.pk}/correct/",
            "/admin/plans/",
            "/admin/plans/?q=xyz",
            "/admin/plans/bring/",
            "/admin/plans/tasks/",
            f"/admin/plans/{plan}/",
            f"/admin/plans/{plan}/table/",
            f"/admin/plans/{plan}/documents/",
            f"/admin/plans/task/{task.uuid}/",
            f"/admin/plans/import/{self.review.uuid}/",
            f"/admin/plans/import/{self.refused.uuid}/",
            "/accounts/",
            "/accounts/unit/",
            "/accounts/sessions/",
            "/accounts/password/change/",
            "/accounts/logout/",
            "/accounts/2fa/",
            "/accounts/2fa/totp/activate/",
            "/accounts/2fa/webauthn/",
            "/accounts/2fa/webauthn/add/",
            "/accounts/2fa/reauthenticate/",
            "/accounts/reauthenticate/",
        ]

    def _addresses_of_words(self):
        work, words = self.words.subject.uuid, self.words.pk
        first = self.words.revisions.order_by("pk")[0].pk
        return [
            "/admin/works/",
            "/admin/works/start/",
            "/admin/works/start/bulletin/",
            f"/admin/works/{work}/",
            f"/admin/works/{work}/about/",
            f"/admin/works/{work}/languages/",
            f"/admin/works/{work}/duplicate/",
            f"/admin/works/read/{words}/",
            f"/admin/works/words/edit/{words}/",
            f"/admin/works/words/history/{words}/",
            f"/admin/works/words/history/{words}/revisions/{first}/revert/",
            f"/admin/works/words/history/{words}/revisions/compare/earliest...latest/",
        ]

    def _mistakes(self):
        return [
            ("/admin/plans/bring/", {}),
            ("/admin/people/invite/", {}),
            ("/admin/registry/units/import/", {}),
            ("/accounts/2fa/totp/activate/", {"code": "000000"}),
            (
                "/accounts/password/change/",
                {"oldpassword": "sai", "password1": "1", "password2": "2"},
            ),
            (
                "/accounts/password/change/",
                {
                    "oldpassword": PASSWORD,
                    "password1": "năm-ngọn-đèn-bên-cầu",
                    "password2": "năm-ngọn-đèn-bên-cầu",
                },
            ),
        ]

    def _second_factor(self, client):
        """Switch an app on, look at what is there then, and switch it off again."""
        activate = "/accounts/2fa/totp/activate/"
        client.get(activate)
        code = format_hotp_value(
            hotp_value(client.session["mfa.totp.secret"], int(time.time()) // 30)
        )
        yield f"{activate} done", self._page(client.post(activate, {"code": code}, follow=True))
        for name in ("generate", ""):
            address = f"/accounts/2fa/recovery-codes/{name}{'/' if name else ''}"
            yield address, self._page(client.get(address, follow=True))
        yield "/accounts/2fa/ on", self._page(client.get("/accounts/2fa/", follow=True))
        deactivate = "/accounts/2fa/totp/deactivate/"
        yield deactivate, self._page(client.get(deactivate, follow=True))
        yield f"POST {deactivate}", self._page(client.post(deactivate, follow=True))

    def _page(self, answer):
        assert answer.status_code in {200, 400, 404, 410, 422}, (
            answer.status_code,
            answer.request["PATH_INFO"],
        )
        if answer.headers["Content-Type"].startswith("application/json"):
            return answer.json().get("html", "")
        return answer.content.decode()
