"""People and groups: managed by administrators; nobody is ever deleted, and nobody raises themselves."""

# ruff: noqa: ARG002 -- the signatures are Django's

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES
from publishing.languages.names import OWN_NAMES
from publishing.models import Person
from publishing.workflow import access

from .doors import person_of
from .naming import group as group_name
from .newsroom import manages_people
from .readonly import Headed, ReadOnlyAdmin

admin.site.unregister(Group)


def _languages() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Working languages"),
        required=False,
        choices=[(code, OWN_NAMES[code]) for code in CODES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A translator sees the queues of these languages. Editors review every language."),
    )


class PersonChangeForm(UserChangeForm):
    working_languages = _languages()


class PersonAddForm(AdminUserCreationForm):
    working_languages = _languages()

    class Meta(AdminUserCreationForm.Meta):
        model = Person
        fields = ("username",)


class GroupFilter(admin.SimpleListFilter):
    title = _("group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, group_name(name)) for name in access.GROUPS]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[models.Model]
    ) -> models.QuerySet[models.Model]:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(Person)
class PersonAdmin(Headed, UserAdmin):
    """Who works here. Groups give rights; a single person is given none of their own."""

    form = PersonChangeForm
    add_form = PersonAddForm
    actions = None
    list_display = ("username", "display_name", "groups_named", "languages_named", "is_active", "last_login")
    list_filter = (GroupFilter, "is_active")
    filter_horizontal = ()
    list_per_page = 50
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("Work"), {"fields": ("groups", "working_languages", "is_active")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "username",
                    "first_name",
                    "last_name",
                    "email",
                    "usable_password",
                    "password1",
                    "password2",
                    "groups",
                    "working_languages",
                ),
            },
        ),
    )
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description=_("name"), ordering="last_name")
    def display_name(self, person: Person) -> str:
        return person.get_full_name()

    @admin.display(description=_("groups"))
    def groups_named(self, person: Person) -> str:
        return ", ".join(group_name(group.name) for group in person.groups.all())

    @admin.display(description=_("working languages"))
    def languages_named(self, person: Person) -> str:
        return ", ".join(OWN_NAMES[code] for code in person.working_languages if code in OWN_NAMES)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Person]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(
        self, db_field: models.ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["help_text"] = _("What somebody may do comes from their groups alone.")
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field is not None:
            field.label_from_instance = lambda group: group_name(group.name)
        return field

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        """Nobody gives rights to themselves: another administrator does."""
        own = ("groups", "working_languages", "is_active") if obj and obj.pk == request.user.pk else ()
        return (*self.readonly_fields, *own)

    def save_model(self, request: HttpRequest, obj: Person, form: forms.ModelForm, change: bool) -> None:
        """Whoever is added here works here, so they can log in here."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and manages_people(person_of(request))

    def has_view_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return manages_people(person_of(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._manages(request, "add_person")

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        """A superuser's account is changed by superusers only: its password opens every door."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return self._manages(request, "change_person")

    def has_delete_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return False

    def _manages(self, request: HttpRequest, right: str) -> bool:
        person = person_of(request)
        return access.may(person, right) or bool(person.is_active and person.is_superuser)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """What each group may do. Its rights are fixed by the software; people are put into it on their own page."""

    list_display = ("named", "people")
    fields = ("named", "rights", "people")
    readonly_fields = fields

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return manages_people(person_of(request))

    @admin.display(description=_("name"), ordering="name")
    def named(self, group: Group) -> str:
        return group_name(group.name)

    @admin.display(description=_("rights"))
    def rights(self, group: Group) -> str:
        granted = set(group.permissions.values_list("codename", flat=True))
        return "; ".join(str(label) for code, label in access.RIGHTS.items() if code in granted)

    @admin.display(description=_("people"))
    def people(self, group: Group) -> str:
        return ", ".join(person.display_name for person in group.user_set.filter(is_active=True))
