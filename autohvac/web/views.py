"""Pages around people: start, sign up, sign in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from autohvac.accounts.services import firm_sign_up
from autohvac.web.forms import SignInForm, SignUpForm

TRIES_PER_MINUTE = 10


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is; people who are signed in go on to their projects."""
    if request.user.is_authenticated:
        return redirect("web:projects")
    return render(request, "web/home.html")


class SignUpView(FormView):
    """A new account with a firm of its own."""

    template_name, form_class = "web/sign_up.html", SignUpForm

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        """Make the account and go on signed in."""
        user = firm_sign_up(locale=(get_language() or "en")[:2], **form.cleaned_data)
        login(self.request, user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("web:projects")


class SignInView(LoginView):
    """Sign in; guessing is slowed down per address."""

    template_name, authentication_form = "web/login.html", SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse the eleventh wrong try of a minute."""
        if cache.get(_tries_key(request), 0) >= TRIES_PER_MINUTE:
            context = self.get_context_data(form=SignInForm(), refused=_("Too many tries; wait a minute."))
            return self.render_to_response(context, status=429, headers={"Retry-After": "60"})
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Count the wrong try."""
        key = _tries_key(self.request)
        cache.add(key, 0, timeout=60)
        cache.incr(key)
        return super().form_invalid(form)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Sign in, in the user's language."""
        response = super().form_valid(form)
        if settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.get_user().locale, samesite="Lax")
        return response


def _tries_key(request: HttpRequest) -> str:
    return f"sign-in-tries:{request.META.get('REMOTE_ADDR', '')}"
