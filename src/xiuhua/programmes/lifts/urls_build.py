"""Pages about building lifts and keeping them."""

from django.urls import path

from xiuhua.programmes.lifts.views import contractors, faults, fees, notices, quotes, site, units

urlpatterns = [
    path("contractors/", contractors.contractors, name="contractors"),
    path("contractors/new/", contractors.enter_contractor, name="enter_contractor"),
    path("contractors/<int:pk>/", contractors.contractor, name="contractor"),
    path("contractors/<int:pk>/edit/", contractors.edit_contractor, name="edit_contractor"),
    path("contractors/<int:pk>/drop/", contractors.drop_contractor, name="drop_contractor"),
    path("dossiers/<int:pk>/quotes/", quotes.quotes, name="quotes"),
    path("dossiers/<int:pk>/quotes/new/", quotes.note_quote, name="note_quote"),
    path("quotes/<int:pk>/choose/", quotes.choose_quote, name="choose_quote"),
    path("dossiers/<int:pk>/permits/<slug:rule>/", notices.note_permit, name="note_permit"),
    path("dossiers/<int:pk>/notice/", notices.notice, name="notice"),
    path("dossiers/<int:pk>/notice/post/", notices.post_notice, name="post_notice"),
    path("notices/<int:pk>/notice.pdf", notices.notice_pdf, name="notice_pdf"),
    path("notices/<int:pk>/code.svg", notices.notice_code, name="notice_code"),
    path("notices/<int:pk>/photos/", notices.notice_photos, name="notice_photos"),
    path("notices/<int:pk>/take-down/", notices.take_down_notice, name="take_down_notice"),
    path("dossiers/<int:pk>/diary/", site.diary, name="diary"),
    path("dossiers/<int:pk>/diary/new/", site.write_diary, name="write_diary"),
    path("dossiers/<int:pk>/diary/delay/", site.note_delay, name="note_delay"),
    path("units/", units.units, name="units"),
    path("dossiers/<int:pk>/unit/", units.unit, name="unit"),
    path("dossiers/<int:pk>/unit/register/", units.register_unit, name="register_unit"),
    path("dossiers/<int:pk>/unit/upkeep/", units.sign_upkeep, name="sign_upkeep"),
    path("dossiers/<int:pk>/unit/service/", units.note_service, name="note_service"),
    path("dossiers/<int:pk>/unit/inspection/", units.note_inspection, name="note_inspection"),
    path("dossiers/<int:pk>/unit/fault/", faults.report_fault, name="report_fault"),
    path("faults/", faults.faults, name="faults"),
    path("faults/<int:pk>/", faults.fault, name="fault"),
    path("faults/<int:pk>/answer/", faults.answer_fault, name="answer_fault"),
    path("faults/<int:pk>/close/", faults.close_fault, name="close_fault"),
    path("dossiers/<int:pk>/fees/", fees.fees, name="fees"),
    path("dossiers/<int:pk>/fees/new/", fees.note_fee, name="note_fee"),
    path("fees/<int:pk>/take-back/", fees.take_back_fee, name="take_back_fee"),
]
