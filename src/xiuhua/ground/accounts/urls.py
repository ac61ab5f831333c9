"""Addresses of accounts that are ours; those that the sign-in library names stand in `library_urls`."""

from django.urls import path

from xiuhua.ground.accounts import factor_pages, mine, own_pages, password_list, phone, staff_deeds, staff_pages
from xiuhua.ground.accounts.staff_deeds import DROP_FACTORS, END, REOPEN, RESET, UNLOCK, page_of

app_name = "accounts"

urlpatterns = [
    path("sign-in/phone/", phone.phone, name="phone"),
    path("sign-in/phone/code/", phone.phone_code, name="phone_code"),
    path("my/", mine.mine, name="mine"),
    path("account/", own_pages.own_page, name="own"),
    path("account/password/", own_pages.change_password, name="change_password"),
    path("account/sign-out-everywhere/", own_pages.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/tokens/new/", own_pages.make_token, name="make_token"),
    path("account/tokens/<int:token_id>/end/", own_pages.end_token, name="end_token"),
    path(
        "account/second-step/passkeys/<int:passkey_id>/remove/",
        own_pages.for_staff(factor_pages.remove_passkey),
        name="remove_passkey",
    ),
    path("staff/", staff_pages.staff, name="staff"),
    path("staff/new/", staff_pages.invite, name="invite"),
    path("staff/first-passwords/", password_list.password_list, name="password_list"),
    path("staff/<int:user_id>/", staff_pages.person, name="person"),
    path("staff/<int:user_id>/role/", staff_pages.give_role, name="give_role"),
    path("staff/roles/<int:grant_id>/take/", staff_deeds.take_role, name="take_role"),
    path("staff/<int:user_id>/end/", page_of(END), name="end"),
    path("staff/<int:user_id>/reopen/", page_of(REOPEN), name="reopen"),
    path("staff/<int:user_id>/password/", page_of(RESET), name="reset"),
    path("staff/<int:user_id>/unlock/", page_of(UNLOCK), name="unlock"),
    path("staff/<int:user_id>/second-step/", page_of(DROP_FACTORS), name="drop_factors"),
]
