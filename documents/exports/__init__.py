"""Records as tables for other programs and for people. One file a kind."""

from typing import Final

from documents.exports.census import CENSUS
from documents.exports.columns import Export
from documents.exports.fund_requests import FUND_REQUESTS
from documents.exports.home_visits import HOME_VISITS
from documents.exports.incidents import INCIDENTS
from documents.exports.ledger import LEDGER
from documents.exports.out_of_school import OUT_OF_SCHOOL
from documents.exports.students import STUDENTS

#: Every kind of export, by the name it has on the command line.
EXPORTS: Final[dict[str, Export]] = {
    export.name: export
    for export in (HOME_VISITS, FUND_REQUESTS, LEDGER, INCIDENTS, STUDENTS, CENSUS, OUT_OF_SCHOOL)
}
