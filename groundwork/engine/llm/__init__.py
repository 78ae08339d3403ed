"""The engine that asks a language model, and trusts none of its answers.

Reading order: ``engine`` (a document's way through it), ``work`` (a chunk's way), ``connection``
(a question's way), and below that the parts: ``chunks``, ``render``, ``protocol``, ``reading``,
``wording``, ``mend``, ``settling``, ``capability``, ``gate``, ``ledger``, ``answers``,
``completion`` and ``client``, the only module of the project that imports openai and instructor.
"""

from groundwork.engine.llm.capability import CAPABILITY
from groundwork.engine.llm.config import LLMConfig, Memory, Mode, Prices
from groundwork.engine.llm.engine import LLMEngine
from groundwork.engine.llm.estimate import Estimate, estimate

__all__ = [
    "CAPABILITY",
    "Estimate",
    "LLMConfig",
    "LLMEngine",
    "Memory",
    "Mode",
    "Prices",
    "estimate",
]
