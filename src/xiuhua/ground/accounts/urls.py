"""Addresses of accounts that are ours; those that the sign-in library names stand in `entrance.library_urls`."""

from django.urls import path

from xiuhua.ground.accounts.entrance import phone_pages
from xiuhua.ground.accounts.factors.pages import remove_passkey
from xiuhua.ground.accounts.guards import for_staff
from xiuhua.ground.accounts.own import pages as own
from xiuhua.ground.accounts.own import resident
from xiuhua.ground.accounts.staff import deeds, pages
from xiuhua.ground.accounts.staff.deeds import DROP_FACTORS, END, REOPEN, RESET, UNLOCK, page_of
from xiuhua.ground.accounts.staff.password_list import password_list

app_name = "accounts"

urlpatterns = [
    path("sign-in/phone/", phone_pages.phone, name="phone"),
    path("sign-in/phone/code/", phone_pages.phone_code, name="phone_code"),
    path("my/", resident.own_page, name="mine"),
    path("account/", own.own_page, name="own"),
    path("account/password/", own.change_password, name="change_password"),
    path("account/sign-out-everywhere/", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/tokens/new/", own.make_token, name="make_token"),
    path("account/tokens/<int:token_id>/end/", own.end_token, name="end_token"),
    path(
        "account/second-step/passkeys/<int:passkey_id>/remove/",
        for_staff(remove_passkey),
        name="remove_passkey",
    ),
    path("staff/", pages.staff, name="staff"),
    path("staff/new/", pages.invite, name="invite"),
    path("staff/first-passwords/", password_list, name="password_list"),
    path("staff/<int:user_id>/", pages.person, name="person"),
    path("staff/<int:user_id>/role/", pages.give_role, name="give_role"),
    path("staff/roles/<int:grant_id>/take/", deeds.take_role, name="take_role"),
    path("staff/<int:user_id>/end/", page_of(END), name="end"),
    path("staff/<int:user_id>/reopen/", page_of(REOPEN), name="reopen"),
    path("staff/<int:user_id>/password/", page_of(RESET), name="reset"),
    path("staff/<int:user_id>/unlock/", page_of(UNLOCK), name="unlock"),
    path("staff/<int:user_id>/second-step/", page_of(DROP_FACTORS), name="drop_factors"),
]
