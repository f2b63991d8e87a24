"""The index behind Wagtail's search: Tantivy, spoken to in the terms of modelsearch."""
