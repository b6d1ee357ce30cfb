"""What ``visavis --help`` lists: the gestures of an operator, each with its sentence; Django's own apart."""

from __future__ import annotations

from django.core.management import ManagementUtility, get_commands, load_command_class

#: Of Django's own, the one that an operator needs.
_OF_DJANGO = "migrate"


class Gestures(ManagementUtility):
    """Django's, but its help begins with what this product does."""

    def main_help_text(self, commands_only: bool = False) -> str:
        """Say what there is.

        Args:
            commands_only: bare names, Django's among them, one a line.
        """
        if commands_only:
            return super().main_help_text(commands_only=True)
        ours = {name: app for name, app in get_commands().items() if app.startswith("visavis.")}
        told = {name: load_command_class(app, name).help for name, app in ours.items()}
        told[_OF_DJANGO] = "Bring the database up to date; “run” does it too."
        width = max(map(len, told))
        rows = [f"  {name:<{width}}  {told[name]}" for name in sorted(told)]
        one, others = f"{self.prog_name} COMMAND --help", f"{self.prog_name} help --commands"
        return "\n".join(["", *rows, "", f"{one}: what it takes. {others}: Django's own too."])
