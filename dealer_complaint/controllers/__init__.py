from . import complaint_filing, complaint_portal, sla_clock
