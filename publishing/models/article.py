"""What is published: articles and their authors, each with the document that is translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .fields import LanguageField, new_key


class Document(models.Model):
    """What is translated as a whole, in ONE source language: an article's text, a biography, a topic's name."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        BIOGRAPHY = "biography", _("biography")
        TOPIC = "topic", _("topic")

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    source_language = LanguageField(_("source language"))
    segmenter_version = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Author(models.Model):
    """Who wrote an article. The name that readers see is a block of the biography."""

    slug = models.SlugField(max_length=80, unique=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="author")

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return self.slug


class Topic(models.Model):
    """What articles are about. Its name is a document of one block, translated and released as texts are."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="topic")

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.slug


class Article(models.Model):
    """What is published; its text is a document, its authors are in order, its topics are a set."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="article")
    original_address = models.URLField(_("original address"), max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    authors = models.ManyToManyField(Author, through="Authorship", related_name="articles")
    topics = models.ManyToManyField(Topic, related_name="articles", blank=True, verbose_name=_("topics"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        permissions = [("ingest", "Can import articles, catalogs and memories and ask for runs")]
        constraints = [
            models.UniqueConstraint(
                fields=["original_address"],
                condition=~models.Q(original_address=""),
                name="one_article_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"


class Authorship(models.Model):
    """An author's place in an article's byline."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT)
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "author"], name="an_author_once_per_article")
        ]


class Original(models.Model):
    """An imported file, kept verbatim as evidence."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="originals")
    format = models.CharField(max_length=10)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.PROTECT)
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]


class Block(models.Model):
    """A piece of a document in order. Its text is that of its segments and the blanks between them."""

    class Kind(models.TextChoices):
        TITLE = "title", _("title")
        SUMMARY = "summary", _("summary")
        HEADING = "heading", _("heading")
        PARAGRAPH = "paragraph", _("paragraph")
        LIST_ITEM = "list_item", _("list item")
        QUOTE = "quote", _("quote")
        CAPTION = "caption", _("caption")
        ALT = "alt", _("alternative text")
        CELL = "cell", _("cell")
        NOTE = "note", pgettext_lazy("kind of block", "note")
        NAME = "name", _("name")

    # Found through `block_by_kind`, which begins with the document.
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="blocks", db_index=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    attributes = models.JSONField(default=dict, blank=True)
    markup = models.JSONField(default=dict, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["document", "position"]
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        indexes = [models.Index(fields=["document", "kind"], name="block_by_kind")]
