from . import dealer_complaint_papers, dealer_complaint_report, dealer_sla_report
