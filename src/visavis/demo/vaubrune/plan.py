"""What is planted: the effects E1–E13 and the traps T1–T7, as numbers. ``null`` plants none of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True, slots=True)
class Plan:
    """Every planted parameter. Latent units are standard deviations of one answer; weeks count from W0."""

    # E1: climate and customers of a team go together
    team_link: float = 0.70
    agency_climate: float = 0.35
    complaints_climate: float = -0.25
    # E2, E11: the voice server, and who says it first
    server_from: int = 19
    server_until: int = 29
    server_phone: float = -0.38
    server_said_by_staff: float = 0.16
    server_said_by_customers: tuple[float, ...] = (0.025, 0.045, 0.08, 0.13, 0.15)
    # E3, E4, E5: the schedules of Roubaix
    schedule_from: int = 36
    schedule_climate: float = -0.90
    climate_to_customers: float = 0.38
    lag_weeks: int = 5
    # E6, E7: the pilot, its extension
    pilot_from: int = 47
    extension_from: int = 62
    pilot_climate: float = 0.80
    pilot_ramp: int = 3
    # E8, E9, E10: two views of one exchange
    reason_customers: tuple[float, ...] = (0.10, -0.19, -0.45, -0.66, 0.20)
    reason_felt: tuple[float, ...] = (0.0, -0.12, 0.30, -0.45, -0.80)
    pairing: float = 0.375
    # E12, T4: training on clarity
    training_low: float = 0.35
    training_strong: float = 0.02
    # E13: four logics
    logic_shares: tuple[float, ...] = (0.34, 0.29, 0.22, 0.15)
    logic_script: tuple[float, ...] = (2.3, 4.2, 3.0, 2.6)
    # the mirror study, one gap a question; peer help; planning
    mirror_gaps: tuple[float, ...] = (1.2, -0.9, 0.7, 0.1, -0.1, 0.15, 0.0, -0.15, 0.05, 0.4)
    help_minutes: tuple[float, float, float] = (12.0, 55.0, 25.0)
    late_changes: tuple[float, float] = (1.2, 2.1)
    theme_link: float = 0.70
    # T1 is the storm, T2 the mix, T3 the chat, T5 the routines
    storm_from: int = 6
    storm_until: int = 10
    storm_claims: float = 1.7
    storm_phone: float = -0.66
    premium_season: float = 2.7
    channel_customers: tuple[float, ...] = (0.0, -0.04, -0.12, 0.28, -0.15, -0.05)
    repeated: float = -0.22
    routine_slope: float = 0.35
    routine_threshold: float = 0.40
    # how texts are written
    irony: float = 0.03
    mixed: float = 0.18
    personal: float = 0.02
    exceptions: tuple[str, str] = field(default=("brest", "nantes"))


#: What a company without planted links keeps: only how texts are written and where weeks fall.
_NULL: dict[str, object] = {
    "team_link": 0.0,
    "agency_climate": 0.0,
    "complaints_climate": 0.0,
    "server_phone": 0.0,
    "server_said_by_staff": 0.01,
    "server_said_by_customers": (0.02,),
    "schedule_climate": 0.0,
    "climate_to_customers": 0.0,
    "pilot_climate": 0.0,
    "reason_customers": (0.0,) * 5,
    "reason_felt": (0.0,) * 5,
    "pairing": 0.0,
    "training_low": 0.0,
    "training_strong": 0.0,
    "logic_shares": (1.0,),
    "logic_script": (3.0,),
    "mirror_gaps": (0.0,) * 10,
    "help_minutes": (25.0, 25.0, 25.0),
    "late_changes": (1.2, 1.2),
    "theme_link": 0.0,
    "storm_claims": 1.0,
    "storm_phone": 0.0,
    "premium_season": 1.0,
    "channel_customers": (0.0,) * 6,
    "repeated": 0.0,
    "routine_slope": 0.0,
}


def plan(*, null: bool = False) -> Plan:
    """The plan of the story, or of a company where nothing is linked to anything."""
    return replace(Plan(), **_NULL) if null else Plan()  # type: ignore[arg-type]


def as_dict(planted: Plan) -> dict[str, object]:
    """The plan as plain values, for the oracle."""
    return {item.name: getattr(planted, item.name) for item in fields(planted)}
