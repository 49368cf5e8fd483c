"""Writes the default of every key of the configuration classes of transformers that is installed, to VERSION.json beside this file."""

import dataclasses
import inspect
import json
from pathlib import Path

import transformers

FAMILIES = {
    "gemma": transformers.GemmaConfig,
    "gemma2": transformers.Gemma2Config,
    "gemma3_text": transformers.Gemma3TextConfig,
    "gpt2": transformers.GPT2Config,
    "gpt_neo": transformers.GPTNeoConfig,
    "gpt_neox": transformers.GPTNeoXConfig,
    "gptj": transformers.GPTJConfig,
    "granite": transformers.GraniteConfig,
    "llama": transformers.LlamaConfig,
    "mistral": transformers.MistralConfig,
    "mixtral": transformers.MixtralConfig,
    "olmo2": transformers.Olmo2Config,
    "opt": transformers.OPTConfig,
    "phi": transformers.PhiConfig,
    "phi3": transformers.Phi3Config,
    "qwen2": transformers.Qwen2Config,
    "qwen2_moe": transformers.Qwen2MoeConfig,
    "qwen3": transformers.Qwen3Config,
    "qwen3_moe": transformers.Qwen3MoeConfig,
    "smollm3": transformers.SmolLM3Config,
    "stablelm": transformers.StableLmConfig,
}


def of_class(cls):
    """The defaults as the class itself and its parents declare them, before anything is derived."""
    if dataclasses.is_dataclass(cls):
        fields = {field.name: field for field in dataclasses.fields(cls)}
        values = {
            name: field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
            for name, field in fields.items()
        }
        if "rope_parameters" in values:
            theta = cls.default_theta
            values["rope_theta"] = theta["global"] if isinstance(theta, dict) else theta
            if isinstance(theta, dict):
                values["rope_local_base_freq"] = theta["local"]
        return values
    values = {}
    for parent in reversed(cls.__mro__):
        if "__init__" in vars(parent) and issubclass(parent, transformers.PretrainedConfig):
            for name, parameter in inspect.signature(parent.__init__).parameters.items():
                if parameter.default is not inspect.Parameter.empty:
                    values[name] = parameter.default
    return values


def keys(cls):
    """Every key that a configuration of the class is written with, without a value where none is declared."""
    declared = of_class(cls)
    written = {key: None for key in cls().to_dict() if key not in declared}
    return declared, sorted(written)


families = {}
for family, cls in FAMILIES.items():
    declared, others = keys(cls)
    families[family] = {"defaults": declared, "others": others}
text = json.dumps({"transformers": transformers.__version__, "families": families}, indent=1, sort_keys=True, default=str)
(Path(__file__).parent / f"{transformers.__version__}.json").write_text(text + "\n")
