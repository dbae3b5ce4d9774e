"""Placeholder."""
from __future__ import annotations
from typing import Any
def key(*a: Any) -> str: return ""
def load(k: str) -> Any: return None
def save(k: str, p: Any) -> None: return None
