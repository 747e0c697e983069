"""The nouns: what is stored, and what is always true of one row. Verbs that write live in workflow/."""

from .article import Article, Author, Authorship, Block, Document, Original, Topic
from .audit import Anchor, AuditEntry
from .desk import Assignment, Claim, Comment, Draft
from .effort import Effort
from .engine import EngineAccount, EngineAnswer, EngineMonth
from .job import Job
from .listing import Listing
from .memory import MemoryEntry
from .notice import Notice
from .page import Page
from .person import Person
from .posting import Posting, Similar, Word
from .reader_report import ReaderRemark, ReaderReport, ReportTally
from .release import Edition, FormerSlug, Release
from .review import Finding, Overrule, Proposal
from .run import EngineCall, Run
from .search import SearchText
from .segment import Segment
from .term import Term, TermForm
from .translation import Revision, Translation

__all__ = [
    "Anchor",
    "Article",
    "Assignment",
    "AuditEntry",
    "Author",
    "Authorship",
    "Block",
    "Claim",
    "Comment",
    "Document",
    "Draft",
    "Edition",
    "Effort",
    "EngineAccount",
    "EngineAnswer",
    "EngineCall",
    "EngineMonth",
    "Finding",
    "FormerSlug",
    "Job",
    "Listing",
    "MemoryEntry",
    "Notice",
    "Original",
    "Overrule",
    "Page",
    "Person",
    "Posting",
    "Proposal",
    "ReaderRemark",
    "ReaderReport",
    "Release",
    "ReportTally",
    "Revision",
    "Run",
    "SearchText",
    "Segment",
    "Similar",
    "Term",
    "TermForm",
    "Topic",
    "Translation",
    "Word",
]
