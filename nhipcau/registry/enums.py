from django.db import models
from django.utils.translation import gettext_lazy as _


class Grade(models.TextChoices):
    """How well a stated fact is borne out."""

    LAW = "A", _("Text of the law or an official site")
    PRESS = "B", _("Press or a site of legal information")
    WEAK = "C", _("One weak source: check before relying on it")
    KNOWN = "K", _("Known to the editors, no source found")


class AreaKind(models.TextChoices):
    """The level of an area; its form (tỉnh, thành phố, xã, phường ...) stands in its dated name."""

    PROVINCE = "province", _("Province or centrally-run city")
    DISTRICT = "district", _("District (until 30 June 2025)")
    COMMUNE = "commune", _("Commune, ward, township or special zone")
    VILLAGE = "village", _("Village or residential group")
    BORDER_GATE = "border_gate", _("Border gate")


class AreaTrait(models.TextChoices):
    LAND_BORDER = "land_border", _("Shares the land border")
    SEA_BORDER = "sea_border", _("Belongs to the sea border area")


class GateKind(models.TextChoices):
    """Kinds of Decree 112/2014 Art. 4, as Decree 34/2023 left them, and those for rail and sea."""

    INTERNATIONAL = "international", _("International border gate")
    BILATERAL = "bilateral", _("Bilateral (main) border gate")
    AUXILIARY = "auxiliary", _("Auxiliary border gate")
    CLEARANCE_ROUTE = "clearance_route", _("Clearance route of another gate")
    CROSSING = "crossing", _("Border crossing (lối mở)")
    RAILWAY = "railway", _("International railway border gate")
    SEAPORT = "seaport", _("Seaport border gate")
    UNKNOWN = "unknown", _("Kind not established")


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("Official name")
    SHORT = "short", _("Short name")
    ABBREVIATION = "abbreviation", _("Abbreviation")
    FORMER = "former", _("Former name")
    ENGLISH = "english", _("English name")


class UnitKind(models.TextChoices):
    GOVERNMENT = "government", _("Government and National Assembly")
    MINISTRY = "ministry", _("Ministry or ministry-level agency")
    MINISTRY_AGENCY = "ministry_agency", _("Department of a ministry")
    PARTY_COMMITTEE = "party_committee", _("Party committee")
    PARTY_BODY = "party_body", _("Advisory body of a Party committee")
    PEOPLES_COUNCIL = "peoples_council", _("People's Council")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
    OFFICE = "office", _("Office")
    DEPARTMENT = "department", _("Provincial department")
    DIVISION = "division", _("Division of a district or commune")
    POLICE = "police", _("Police")
    MILITARY = "military", _("Military command")
    BORDER_GUARD = "border_guard", _("Border guard")
    MANAGEMENT_BOARD = "management_board", _("Management board")
    FRONT = "front", _("Fatherland Front and mass organisation")
    PRESS = "press", _("Newspaper, radio or television")
    PUBLIC_SERVICE = "public_service", _("Public service unit")
    ASSOCIATION = "association", _("Association")
    ENTERPRISE = "enterprise", _("Enterprise")
    OTHER = "other", _("Other body")


class ChangeKind(models.TextChoices):
    MERGE = "merge", _("Merger")
    SPLIT = "split", _("Split")
    RENAME = "rename", _("Renaming or change of form")
    DISSOLVE = "dissolve", _("Dissolution")
    TRANSFER_FUNCTION = "transfer_function", _("Transfer of a function without the unit")


ENDS_WHAT_IT_CHANGES = frozenset({ChangeKind.MERGE, ChangeKind.SPLIT, ChangeKind.DISSOLVE})
"""After these changes the units or areas on the "from" side are no more, save one that goes on."""


class ChangeObstacle(models.TextChoices):
    """Why a change cannot be recorded; the label is the sentence for the person."""

    NOTHING_CHANGES = "nothing_changes", _("Say which unit or area the change begins with.")
    MERGER_NEEDS_ONE_RESULT = (
        "merger_needs_one_result",
        _("A merger has exactly one unit or area as its result."),
    )
    MERGER_NEEDS_TWO = (
        "merger_needs_two",
        _("A merger needs at least two units or areas that come together."),
    )
    SPLIT_NEEDS_ONE_ORIGIN = (
        "split_needs_one_origin",
        _("A split begins with exactly one unit or area."),
    )
    SPLIT_NEEDS_TWO = (
        "split_needs_two",
        _("A split needs at least two units or areas as its result."),
    )
    RENAMING_KEEPS_THE_UNIT = (
        "renaming_keeps_the_unit",
        _("A renaming keeps the unit or area: the same one on both sides."),
    )
    DISSOLUTION_HAS_NO_RESULT = (
        "dissolution_has_no_result",
        _("A dissolution has no result; record a merger instead."),
    )
    TRANSFER_NEEDS_BOTH_SIDES = (
        "transfer_needs_both_sides",
        _("A transfer of a function needs a giver and a taker."),
    )
    TRANSFER_NEEDS_A_FUNCTION = "transfer_needs_a_function", _("Say which function is transferred.")
    ENDED_BEFORE = "ended_before", _("One of the units or areas had ended before that day.")
    NOT_YET_BEGUN = "not_yet_begun", _("One of the units or areas begins only after that day.")
    ENDS_AS_IT_BEGINS = (
        "ends_as_it_begins",
        _("One of the units or areas would end on the very day on which it begins."),
    )


class Side(models.TextChoices):
    FROM = "from", _("From")
    TO = "to", _("To")


class LanguageMode(models.TextChoices):
    WRITTEN = "written", _("Written and spoken")
    AUDIO_ONLY = "audio_only", _("Audio only")


class LanguageRole(models.TextChoices):
    NEIGHBOUR = "neighbour", _("Language across the border")
    LOCAL = "local", _("Language spoken in the area")


class DatePrecision(models.TextChoices):
    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    YEAR = "year", _("Year")
    UNKNOWN = "unknown", _("Unknown")


class DocumentType(models.TextChoices):
    """Abbreviations of Decree 30/2020, annex III, and of normative and Party documents."""

    LAW = "L", _("Law")
    ORDINANCE = "PL", _("Ordinance")
    DECREE = "NĐ", _("Decree")
    CIRCULAR = "TT", _("Circular")
    JOINT_CIRCULAR = "TTLT", _("Joint circular")
    RESOLUTION = "NQ", _("Resolution")
    DECISION = "QĐ", _("Decision")
    DIRECTIVE = "CT", _("Directive")
    CONCLUSION = "KL", _("Conclusion")
    REGULATION = "QC", _("Regulation")
    RULES = "QyĐ", _("Rules")
    PROGRAMME = "CTr", _("Programme")
    PLAN = "KH", _("Plan")
    SCHEME = "ĐA", _("Scheme")
    PROJECT = "DA", _("Project")
    OPTION = "PA", _("Option paper")
    GUIDANCE = "HD", _("Guidance")
    REPORT = "BC", _("Report")
    NOTICE = "TB", _("Notice")
    COMMUNIQUE = "TC", _("Communiqué")
    SUBMISSION = "TTr", _("Submission")
    MINUTES = "BB", _("Minutes")
    TELEGRAM = "CĐ", _("Telegram")
    INVITATION = "GM", _("Invitation")
    LETTER = "CV", _("Official letter")
    TREATY = "HĐ", _("Agreement")
    OTHER = "", _("Other")


class LinkKind(models.TextChoices):
    BASIS = "basis", _("is based on")
    IMPLEMENTS = "implements", _("implements")
    REPLACES = "replaces", _("replaces")
    AMENDS = "amends", _("amends")


class DocumentState(models.TextChoices):
    """What a document is on a day; computed, never stored."""

    NOT_YET = "not_yet", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    AMENDED = "amended", _("In force as amended")
    ENDED = "ended", _("No longer in force")
    REPLACED = "replaced", _("Replaced")
    UNKNOWN = "unknown", _("State not established")


class Verdict(models.TextChoices):
    """What became of a name that was looked up; only the first four name one answer."""

    EXACT = "exact", _("A name on record")
    ACRONYM = "acronym", _("Read as an acronym")
    TYPO = "typo", _("Read in spite of a typing error")
    GROUP = "group", _("A group of units")
    AMBIGUOUS = "ambiguous", _("Several units answer to it")
    UNKNOWN = "unknown", _("No unit answers to it")


class HowToTake(models.TextChoices):
    """What a person says of a name or code in a workbook that differs from the record."""

    NEW = "new", _("A new name or code from that day on")
    CORRECTION = "correction", _("Correction of an error")
    LEAVE = "leave", _("Leave this row out")
