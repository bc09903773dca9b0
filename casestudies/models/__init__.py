from casestudies.models.case_index import CaseIndexPage
from casestudies.models.cases import CasePage
from casestudies.models.comments import Comment
from casestudies.models.topics import PageTopic, Topic

__all__ = ["CaseIndexPage", "CasePage", "Comment", "PageTopic", "Topic"]
