"""Registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawConfig(AppConfig):
    name = "visavis.share.law"
    label = "share_law"
    verbose_name = _("Data")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take our place in the navigation, erase again after a restore, say our sentences."""
        from visavis.people.erasures.models import Kind
        from visavis.people.erasures.replaying import erases
        from visavis.share.law import replaying
        from visavis.share.law.cards import erase_card
        from visavis.share.law.reading import may_read
        from visavis.share.law.seeking import waiting
        from visavis.understand.verbatims.cards import offer
        from visavis.web.navigation import Entry, Section, register

        register(Entry(Section.ADMIN, _("Data"), "law:home", may_read, order=55, badge=waiting))
        offer("erase", erase_card)
        erases(Kind.CUSTOMER, replaying.customers, replaying.erase_customer)
        erases(Kind.PERSON, replaying.people, replaying.erase_person)
        erases(Kind.RETURN, replaying.returns, replaying.erase_return)
        _say_gestures()


def _say_gestures() -> None:
    """The sentences of the journal; settings and facts are named by their code, and said by their label."""
    from visavis.people.access.journal import labelled, tells
    from visavis.share.law.documents.live import ASKED
    from visavis.share.law.observing import label_of

    changes = {
        "asked": _("asked to change the setting %(setting)s from %(before)s to %(after)s"),
        "made": _("changed the setting %(setting)s from %(before)s to %(after)s"),
        "signed": _("signed the change of the setting %(setting)s from %(before)s to %(after)s"),
        "refused": _("refused the change of the setting %(setting)s from %(before)s to %(after)s"),
    }
    for way, sentence in changes.items():
        tells(f"law.change_{way}", sentence, setting=label_of)
    facts = labelled((one.key, one.label) for one in ASKED)
    tells("law.fact_told", _("completed the documents on data (%(name)s)"), name=facts)
    tells("law.request_received", _("wrote a request about personal data in the register"))
    tells("law.request_answered", _("answered a request about personal data"))
    tells("law.customer_erased", _("erased a customer (returns kept as counts: %(number)s)"))
    tells("law.person_erased", _("erased a former employee (returns kept as counts: %(number)s)"))
    tells("law.return_erased", _("erased a return (its marks stay as counts)"))
    tells("law.file_taken", _("took what is kept about somebody, at their request"))
    tells("law.pack_taken", _("took the documents on data"))
