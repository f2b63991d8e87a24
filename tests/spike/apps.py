from django.apps import AppConfig


class SpikeConfig(AppConfig):
    name = "tests.spike"
    label = "spike"
    default_auto_field = "django.db.models.BigAutoField"
