"""Addresses of feeds, sitemaps and cards; none ends in a slash, so none is a page of the portal."""

from __future__ import annotations

from django.urls import path

from nhipcau.website.feeds import views

app_name = "feeds"
urlpatterns = [
    path("<tag:language>/feed.<slug:form>", views.feed, name="feed"),
    path("<tag:language>/topic/<path:key>/feed.<slug:form>", views.feed_of_topic, name="topic"),
    path("<tag:language>/unit/<path:key>/feed.<slug:form>", views.feed_of_unit, name="unit"),
    path("<tag:language>/press.json", views.press, name="press"),
    path("<tag:language>/search.xml", views.search_description, name="search"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("sitemap-news.xml", views.sitemap_of_news, name="sitemap_news"),
    path("sitemap-<int:year>-<int:month>-<int:part>.xml", views.sitemap_of_month, name="month"),
    path("oembed", views.card, name="card"),
    path("robots.txt", views.robots, name="robots"),
]
