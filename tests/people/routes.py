"""Addresses of the accounts: allauth's own pages."""

from __future__ import annotations

from tests.matrix import Row

WITHOUT_MFA = "there is nothing to show before a second factor is set"
FRESH = "a session opened by a test has no fresh password: allauth asks for it again"

ROWS = [
    Row("account_login", public=True, answers=302, nobody=200, note="somebody signed in is sent home"),
    Row("account_logout"),
    Row("account_inactive", public=True),
    Row("account_signup", public=True, answers=302, nobody=200, note="closed: says so, makes no account"),
    Row("account_reauthenticate"),
    Row("account_email"),
    Row("account_email_verification_sent", public=True),
    Row("account_change_password"),
    Row("account_set_password", answers=302, note="who has a password changes it"),
    Row("account_reset_password", public=True),
    Row("account_reset_password_done", public=True),
    Row("account_reset_password_from_key", public=True, words={"uidb36": "1", "key": "set-password"}),
    Row("account_reset_password_from_key_done", public=True),
    Row("account_confirm_email", public=True, words={"key": "none"}),
    Row("account_confirm_login_code", public=True, answers=302, note="no sign-in by code is under way"),
    Row("sign_on:begin", public=True, method="post", answers=404, note="no service is configured"),
    Row("sign_on:back", public=True, answers=404, note="no service is configured"),
    Row("sign_on:metadata", public=True, answers=404, note="no service speaks SAML here"),
    Row("sign_on:assertion", public=True, method="post", answers=404, note="no service speaks SAML here"),
    Row("sign_on:asserted", public=True, answers=404, note="no service speaks SAML here"),
    Row("mfa_index"),
    Row("mfa_authenticate", public=True, answers=302, note="no sign-in is half done"),
    Row("mfa_reauthenticate", answers=302, note=FRESH),
    Row("mfa_activate_totp", answers=302, note=FRESH),
    Row("mfa_deactivate_totp", answers=404, note=WITHOUT_MFA),
    Row("mfa_view_recovery_codes", answers=404, note=WITHOUT_MFA),
    Row("mfa_generate_recovery_codes", answers=302, note=FRESH),
    Row("mfa_download_recovery_codes", answers=404, note=WITHOUT_MFA),
]
