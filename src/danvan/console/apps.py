from importlib import import_module

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "danvan.console"

    def ready(self) -> None:
        import_module("danvan.console.accounts.signin_events")  # needs the models to be there
