"""A little portal for tests: pages that show things of a world that can be edited.

A work has a page; a section lists the works of a topic with their titles; the home lists the newest
three and the topics; each page shows what stands in all their footers ("look").
"""

from django.http import HttpResponse, HttpResponseGone, HttpResponsePermanentRedirect
from django.http.response import StreamingHttpResponse
from django.urls import path
from django.views.decorators.cache import never_cache

from nhipcau.website.store.making import finished_page
from nhipcau.website.store.tags import shows

WORLD: dict = {}


def fresh(works=30, topics=5):
    WORLD.clear()
    WORLD["works"] = {n: {"title": f"Bài {n}", "topic": n % topics} for n in range(works)}
    WORLD["topics"] = {n: f"Chủ đề {n}" for n in range(topics)}
    WORLD["look"], WORLD["failing"], WORLD["gone"] = "chân trang", set(), set()
    WORLD["asked"] = []


def addresses():
    works = [f"/vi/bai-{n}/" for n in WORLD["works"]]
    return ["/vi/", *(f"/vi/chu-de-{n}/" for n in WORLD["topics"]), *works]


def drawn(*lines):
    body = "".join(f"<p>{line}</p>" for line in [*lines, WORLD["look"]])
    return HttpResponse(f"<!doctype html><title>x</title>{body}")


def _title(number):
    shows(f"work:{number}")
    return WORLD["works"][number]["title"]


@finished_page
def home(request):
    shows("newest", "topics")
    newest = sorted(WORLD["works"])[-3:]
    return drawn(*WORLD["topics"].values(), *(_title(n) for n in newest))


@finished_page
def section(request, number):
    shows(f"topic:{number}")
    within = [n for n, work in WORLD["works"].items() if work["topic"] == number]
    return drawn(WORLD["topics"][number], *(_title(n) for n in within))


@finished_page
def work(request, number):
    WORLD["asked"].append(request)
    if number in WORLD["failing"]:
        raise ZeroDivisionError
    if number in WORLD["gone"]:
        shows(f"work:{number}")
        return HttpResponseGone("taken back")
    if number not in WORLD["works"]:
        return HttpResponse("no such work", status=404)
    topic = WORLD["works"][number]["topic"]
    shows(f"topic-name:{topic}")
    return drawn(_title(number), WORLD["topics"][topic])


@finished_page
def moved(request):
    return HttpResponsePermanentRedirect("/vi/bai-1/")


def private(request):
    return HttpResponse("for one reader")


@finished_page
def greeting(request):
    """Wrongly declared: differs by who asks."""
    answer = HttpResponse("hello")
    answer.set_cookie("seen", "1")
    return answer


@finished_page
def personal(request):
    return HttpResponse(f"you are {request.session.get('name', 'a stranger')}")


@finished_page
def streaming(request):
    return StreamingHttpResponse([b"a", b"b"])


@finished_page
@never_cache
def hurried(request):
    return HttpResponse("not to be kept")


@finished_page
def scripted(request):
    return HttpResponse(f"<script nonce={request.csp_nonce}></script>")


@finished_page
def echo(request):
    """Says whatever a reader could bring in."""
    return HttpResponse(
        f"{request.build_absolute_uri()} {sorted(request.COOKIES)} {request.META.get('HTTP_X')}"
    )


urlpatterns = [
    path("vi/", home),
    path("vi/chu-de-<int:number>/", section),
    path("vi/bai-<int:number>/", work),
    path("vi/moved/", moved),
    path("vi/private/", private),
    path("vi/greeting/", greeting),
    path("vi/personal/", personal),
    path("vi/streaming/", streaming),
    path("vi/hurried/", hurried),
    path("vi/scripted/", scripted),
    path("vi/echo/", echo),
]
