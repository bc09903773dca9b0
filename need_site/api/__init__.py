"""The headless content API: Wagtail's API v2, read-only JSON over what anybody may read.

Whoever asks gets the same answer: neither a session nor a page password opens more, so nothing
confidential can show through an editor's browser, and every answer may be cached. What is served stands
in lists of fields (`page_fields`, and `as_item` of each endpoint); what is in none of them is not served.
No model of people, consultations, orders or surveys is registered here, and none may be.
"""
