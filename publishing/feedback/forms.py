"""What a reader posts."""

from django import forms

from publishing.workflow import reporting


class ReportForm(forms.Form):
    """Its fields; the verb says what may stand in them. `website` is a trap that people do not see."""

    page = forms.CharField(max_length=200)
    release = forms.IntegerField(min_value=1, max_value=1_000_000)
    quote = forms.CharField(max_length=reporting.LONGEST_QUOTE)
    remark = forms.CharField(max_length=reporting.LONGEST_REMARK)
    before = forms.CharField(required=False)
    email = forms.EmailField(required=False, max_length=254)
    website = forms.CharField(required=False)
