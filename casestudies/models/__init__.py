from casestudies.models.anonymising import CaseOriginal, FindingDecision, WithdrawnAddress
from casestudies.models.case_index import CaseIndexPage
from casestudies.models.cases import CasePage
from casestudies.models.comments import Comment
from casestudies.models.review import CaseReviewTask, ReviewSignature
from casestudies.models.search import RelatedCase, SearchTerm
from casestudies.models.topics import PageTopic, Topic
from casestudies.models.uncopied import CopyRefused

__all__ = [
    "CaseIndexPage",
    "CaseOriginal",
    "CasePage",
    "CaseReviewTask",
    "Comment",
    "CopyRefused",
    "FindingDecision",
    "PageTopic",
    "RelatedCase",
    "ReviewSignature",
    "SearchTerm",
    "Topic",
    "WithdrawnAddress",
]
