"""The door of the worker: an import that is started is worked on by whoever empties the queue."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from tests.listen.imports.room import REVIEWS, counts, received
from visavis.listen.imports import services, tasks
from visavis.listen.imports.models import ImportRun
from visavis.listen.returns.models import Response
from visavis.people.access.viewer import system

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _empty_queue() -> Iterator[None]:
    HUEY.flush()
    yield
    HUEY.flush()


def _work_off() -> int:
    done = 0
    while job := HUEY.dequeue():
        HUEY.execute(job)
        done += 1
    return done


def test_starting_an_import_tells_a_worker_once_it_is_certain() -> None:
    run = received("reviews", REVIEWS)
    plan = services.propose_mapping(run)
    with transaction.atomic():
        services.start(by=system(), run=run, plan=plan)
        assert HUEY.pending_count() == 0
    assert _work_off() == 1
    done = ImportRun.objects.get(pk=run.pk)
    assert (done.status, counts(done)) == (ImportRun.Status.DONE, (3, 0, 0, 0))


def test_a_nudge_given_twice_works_once() -> None:
    run = received("reviews", REVIEWS)
    services.start(by=system(), run=run, plan=services.propose_mapping(run))
    tasks.import_file.enqueue(run.pk)
    assert _work_off() == 2
    assert Response.objects.count() == 3


def test_a_lost_nudge_is_made_up_for_by_the_sweep() -> None:
    run = received("reviews", REVIEWS)
    services.start(by=system(), run=run, plan=services.propose_mapping(run), nudge=False)
    tasks.sweep.call_local()
    assert ImportRun.objects.get(pk=run.pk).status == ImportRun.Status.DONE


def test_the_sweep_is_due_every_minute() -> None:
    due = [task for task in HUEY.read_periodic(timezone.now()) if "sweep" in task.name]
    assert len(due) == 1
