from django.urls import path

from xiuhua.ground.privacy.views import assessments, consents, erasure, home, limits, requests

app_name = "privacy"
urlpatterns = [
    path("", home.home, name="home"),
    path("find/", home.find, name="find"),
    path("verify/", home.verify_record, name="verify_record"),
    path("people/<int:resident_id>/", home.person, name="person"),
    path("people/<int:resident_id>/basis/", consents.basis, name="basis"),
    path("people/<int:resident_id>/consent/", consents.new_consent, name="new_consent"),
    path("people/<int:resident_id>/request/", requests.new_request, name="new_request"),
    path("people/<int:resident_id>/hold/", erasure.new_hold, name="new_hold"),
    path("people/<int:resident_id>/erase/", erasure.erase, name="erase"),
    path("consents/", consents.consent_list, name="consents"),
    path("consents/<int:consent_id>/", consents.consent, name="consent"),
    path("consents/<int:consent_id>/withdraw/", consents.withdraw_consent, name="withdraw_consent"),
    path("requests/", requests.request_list, name="requests"),
    path("requests/<int:request_id>/", requests.one_request, name="request"),
    path("requests/<int:request_id>/answer/", requests.answer, name="answer"),
    path("requests/<int:request_id>/refuse/", requests.refuse, name="refuse"),
    path("requests/<int:request_id>/copy/", requests.copy, name="copy"),
    path("people/<int:resident_id>/restrict/", limits.new_restriction, name="new_restriction"),
    path("restrictions/", limits.restriction_list, name="restrictions"),
    path("restrictions/<int:restriction_id>/", limits.restriction, name="restriction"),
    path("restrictions/<int:restriction_id>/lift/", limits.lift_restriction, name="lift_restriction"),
    path("to-erase/", erasure.to_erase, name="to_erase"),
    path("holds/", erasure.hold_list, name="holds"),
    path("holds/<int:hold_id>/", erasure.hold, name="hold"),
    path("holds/<int:hold_id>/lift/", erasure.lift_hold, name="lift_hold"),
    path("assessments/", assessments.assessment_list, name="assessments"),
    path("assessments/new/", assessments.new_assessment, name="new_assessment"),
    path("assessments/<int:assessment_id>/", assessments.assessment, name="assessment"),
    path("assessments/<int:assessment_id>/remove/", assessments.remove_assessment, name="remove_assessment"),
]
