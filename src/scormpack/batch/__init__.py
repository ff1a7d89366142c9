"""Many packages at once. A mistake in one module, or in one provider, stops that one only."""

from scormpack.batch.build import Built as Built
from scormpack.batch.build import ClusterError as ClusterError
from scormpack.batch.build import Refused as Refused
from scormpack.batch.build import build_all as build_all
from scormpack.batch.build import refuse as refuse
from scormpack.batch.plan import Plan as Plan
from scormpack.batch.plan import Wanted as Wanted
from scormpack.batch.plan import plan as plan
from scormpack.batch.plan import providers_of as providers_of
from scormpack.batch.validate import Checked as Checked
from scormpack.batch.validate import check_examined as check_examined
from scormpack.batch.validate import validate_all as validate_all
