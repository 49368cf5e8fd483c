"""
Writes small models with random weights and the logits that transformers computes with them, one for each variant of their configuration.

  variants.py          writes everything
  variants.py NAME...  writes some directories
  variants.py check    compares the logits that are there with those of the installed transformers
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file
from transformers import AutoConfig, AutoModelForCausalLM

HERE = Path(__file__).parent
SIZES = {"vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 24}
GEMMA = {"model_type": "gemma", **SIZES, "num_key_value_heads": 1, "head_dim": 6}
GEMMA3 = {
    "model_type": "gemma3_text", **SIZES, "num_hidden_layers": 3, "num_key_value_heads": 1, "head_dim": 6, "sliding_window_pattern": 2,
}
GPT2 = {"model_type": "gpt2", "vocab_size": 40, "n_positions": 16, "n_embd": 16, "n_layer": 2, "n_head": 2}
GRANITE = {"model_type": "granite", **SIZES, "head_dim": 12}
LLAMA = {"model_type": "llama", **SIZES, "head_dim": 16}
MISTRAL = {"model_type": "mistral", **SIZES, "num_attention_heads": 8, "head_dim": 4}
QWEN2 = {"model_type": "qwen2", **SIZES, "num_key_value_heads": 1}
QWEN3 = {"model_type": "qwen3", **SIZES, "hidden_size": 8, "num_key_value_heads": 1}
GEMMA2 = {"model_type": "gemma2", **SIZES, "num_attention_heads": 4, "head_dim": 8}
NEO = {
    "model_type": "gpt_neo", "vocab_size": 40, "hidden_size": 16, "num_layers": 2, "num_heads": 2, "max_position_embeddings": 16,
    "attention_types": [[["global", "local"], 1]],
}
NEOX = {"model_type": "gpt_neox", **SIZES}
OLMO2 = {"model_type": "olmo2", **SIZES, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 6}
PHI3 = {"model_type": "phi3", **SIZES, "num_key_value_heads": 1, "pad_token_id": None}
SMOLLM3 = {"model_type": "smollm3", **SIZES, "num_hidden_layers": 3, "num_key_value_heads": 1, "head_dim": 6, "pad_token_id": None}
STABLELM = {"model_type": "stablelm", **SIZES, "num_key_value_heads": 1}
GPTJ = {
    "model_type": "gptj", "vocab_size": 40, "n_positions": 16, "n_embd": 16, "n_layer": 2, "n_head": 2, "rotary_dim": 4, "n_inner": 24,
}
OPT = {
    "model_type": "opt", "vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "ffn_dim": 24,
    "max_position_embeddings": 16,
}
PHI = {"model_type": "phi", **SIZES}
MIXTRAL = {"model_type": "mixtral", **SIZES, "num_attention_heads": 8, "head_dim": 4, "num_local_experts": 4}
EXPERTS = {"num_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 12}
QWEN2_MOE = {
    "model_type": "qwen2_moe", **SIZES, **EXPERTS, "num_key_value_heads": 1, "shared_expert_intermediate_size": 20,
}
QWEN3_MOE = {"model_type": "qwen3_moe", **SIZES, **EXPERTS, "num_key_value_heads": 1}

YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32}
SHORT = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7]
LONG = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
LONGROPE = {"rope_type": "longrope", "factor": 4.0, "short_factor": SHORT, "long_factor": LONG}
PHI3_LONGROPE = {"type": "longrope", "short_factor": SHORT[:4], "long_factor": LONG[:4]}
LLAMA3 = {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 16}

# Directory: what its weights are made for, and the variants.
MODELS = {
    "gemma": (
        {**GEMMA, "attention_bias": True},
        {
            "missing": GEMMA,
            "attention-bias": {**GEMMA, "attention_bias": True},
            "hidden-act": {**GEMMA, "hidden_act": "relu"},
            "gelu-python": {**GEMMA, "hidden_act": "gelu_python"},
            "hidden-activation": {**GEMMA, "hidden_activation": "relu"},
            "linear": {**GEMMA, "rope_theta": 500.0, "rope_scaling": {"rope_type": "linear", "factor": 2.0}},
        },
    ),
    "gemma-wide": (
        {"model_type": "gemma", **SIZES, "hidden_size": 8, "num_attention_heads": 1, "num_key_value_heads": 1},
        {"missing-head-dim": {"model_type": "gemma", **SIZES, "hidden_size": 8, "num_attention_heads": 1, "num_key_value_heads": 1}},
    ),
    "gemma3": (
        {**GEMMA3, "attention_bias": True},
        {
            "missing": {key: value for key, value in GEMMA3.items() if key != "sliding_window_pattern"},
            "attention-bias": {**GEMMA3, "attention_bias": True},
            "window": {**GEMMA3, "sliding_window": 3},
            "window-by-type": {**GEMMA3, "sliding_window": 3, "layer_types": ["full_attention", "sliding_attention", "full_attention"]},
            "attn-cap": {**GEMMA3, "attn_logit_softcapping": 2.0},
            "logit-cap": {**GEMMA3, "final_logit_softcapping": 5.0},
            "hidden-activation": {**GEMMA3, "hidden_activation": "relu", "hidden_act": "silu"},
            "scalar": {**GEMMA3, "query_pre_attn_scalar": 3},
            "bases": {**GEMMA3, "rope_theta": 300.0, "rope_local_base_freq": 50.0},
            "linear": {**GEMMA3, "rope_scaling": {"rope_type": "linear", "factor": 8.0}},
            "parameters": {
                **GEMMA3,
                "rope_parameters": {
                    "full_attention": {"rope_type": "linear", "factor": 4.0, "rope_theta": 300.0},
                    "sliding_attention": {"rope_type": "default", "rope_theta": 50.0},
                },
            },
        },
    ),
    "gpt2": (
        GPT2,
        {
            "missing": GPT2,
            "other-names": {
                "model_type": "gpt2", "vocab_size": 40, "max_position_embeddings": 16, "hidden_size": 16,
                "num_hidden_layers": 2, "num_attention_heads": 2,
            },
            "unscaled": {**GPT2, "scale_attn_weights": False},
            "by-layer": {**GPT2, "scale_attn_by_inverse_layer_idx": True},
            "upcast": {**GPT2, "scale_attn_by_inverse_layer_idx": True, "reorder_and_upcast_attn": True},
            **{
                name: {**GPT2, "activation_function": name}
                for name in ["relu", "gelu", "silu", "tanh", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "quick_gelu", "swish"]
            },
        },
    ),
    "gpt2-untied": (
        {**GPT2, "tie_word_embeddings": False},
        {"untied": {**GPT2, "tie_word_embeddings": False}},
    ),
    "granite": (
        {**GRANITE, "attention_bias": True, "mlp_bias": True},
        {
            "missing": GRANITE,
            "embedding": {**GRANITE, "embedding_multiplier": 3.0},
            "logits": {**GRANITE, "logits_scaling": 8.0},
            "residual": {**GRANITE, "attention_bias": True, "mlp_bias": True, "residual_multiplier": 0.25},
            "attention": {**GRANITE, "attention_multiplier": 0.125},
            "linear": {**GRANITE, "rope_scaling": {"rope_type": "linear", "factor": 2.0}},
        },
    ),
    "llama": (
        {**LLAMA, "attention_bias": True, "mlp_bias": True},
        {
            "missing": LLAMA,
            "attention-bias": {**LLAMA, "attention_bias": True},
            "mlp-bias": {**LLAMA, "mlp_bias": True},
            "default": {**LLAMA, "rope_scaling": {"rope_type": "default"}},
            "linear": {**LLAMA, "rope_theta": 500.0, "rope_scaling": {"type": "linear", "factor": 2.0}},
            "dynamic": {**LLAMA, "rope_scaling": {"rope_type": "dynamic", "factor": 2.0}},
            "llama3": {**LLAMA, "max_position_embeddings": 64, "rope_scaling": {"rope_type": "llama3", **LLAMA3}},
            "yarn": {**LLAMA, "max_position_embeddings": 128, "rope_scaling": YARN},
            "yarn-without-positions": {
                **LLAMA, "max_position_embeddings": 32, "rope_scaling": {"type": "yarn", "factor": 4.0},
            },
            "yarn-scales": {
                **LLAMA, "max_position_embeddings": 128,
                "rope_scaling": {**YARN, "mscale": 1.0, "mscale_all_dim": 0.5, "beta_fast": 16, "beta_slow": 2},
            },
            "yarn-exact": {
                **LLAMA, "max_position_embeddings": 128,
                "rope_scaling": {**YARN, "truncate": False, "attention_factor": 0.8},
            },
            "longrope-short": {
                **LLAMA, "max_position_embeddings": 128, "rope_scaling": {**LONGROPE, "original_max_position_embeddings": 32},
            },
            "longrope-long": {
                **LLAMA, "max_position_embeddings": 16, "rope_scaling": {**LONGROPE, "original_max_position_embeddings": 4},
            },
            "gelu": {**LLAMA, "hidden_act": "gelu"},
        },
    ),
    "mistral": (
        MISTRAL,
        {
            "missing": MISTRAL,
            "window": {**MISTRAL, "sliding_window": 3},
            "no-window": {**MISTRAL, "sliding_window": None},
            "attention-bias": {**MISTRAL, "attention_bias": True, "mlp_bias": True},
        },
    ),
    "qwen2": (
        QWEN2,
        {
            "missing": QWEN2,
            "window-missing-layers": {**QWEN2, "use_sliding_window": True, "sliding_window": 3},
            "window-from-0": {**QWEN2, "use_sliding_window": True, "sliding_window": 3, "max_window_layers": 0},
            "window-from-1": {**QWEN2, "use_sliding_window": True, "sliding_window": 3, "max_window_layers": 1},
            "window-unused": {**QWEN2, "use_sliding_window": False, "sliding_window": 3, "max_window_layers": 0},
            "window-by-type": {
                **QWEN2, "use_sliding_window": True, "sliding_window": 3, "layer_types": ["sliding_attention", "full_attention"],
            },
            "yarn": {**QWEN2, "max_position_embeddings": 128, "rope_scaling": {"type": "yarn", **YARN}},
        },
    ),
    "qwen3": (
        {**QWEN3, "attention_bias": True},
        {
            "missing": QWEN3,
            "attention-bias": {**QWEN3, "attention_bias": True},
            "window-from-0": {**QWEN3, "use_sliding_window": True, "sliding_window": 3, "max_window_layers": 0},
        },
    ),
    "gemma2": (
        {**GEMMA2, "attention_bias": True},
        {
            "missing": GEMMA2,
            "without-caps": {**GEMMA2, "attn_logit_softcapping": None, "final_logit_softcapping": None},
            "attention-bias": {**GEMMA2, "attention_bias": True},
            "window": {**GEMMA2, "sliding_window": 3},
            "hidden-act": {**GEMMA2, "hidden_act": "relu"},
            "hidden-activation": {**GEMMA2, "hidden_activation": "relu"},
            "scalar": {**GEMMA2, "query_pre_attn_scalar": 8},
        },
    ),
    "gemma2-wide": (
        {"model_type": "gemma2", **SIZES, "hidden_size": 8, "num_attention_heads": 1, "num_key_value_heads": 1},
        {"missing-head-dim": {"model_type": "gemma2", **SIZES, "hidden_size": 8, "num_attention_heads": 1, "num_key_value_heads": 1}},
    ),
    "olmo2": (
        {**OLMO2, "attention_bias": True},
        {
            "missing": OLMO2,
            "attention-bias": {**OLMO2, "attention_bias": True},
            "epsilon": {**OLMO2, "rms_norm_eps": 0.1},
            "gelu": {**OLMO2, "hidden_act": "gelu"},
            "linear": {**OLMO2, "rope_theta": 500.0, "rope_scaling": {"type": "linear", "factor": 2.0}},
        },
    ),
    "phi3": (
        PHI3,
        {
            "missing": PHI3,
            "window": {**PHI3, "sliding_window": 3},
            "partial": {**PHI3, "partial_rotary_factor": 0.5, "rope_theta": 500.0},
            "longrope-long": {**PHI3, "original_max_position_embeddings": 4, "max_position_embeddings": 16, "rope_scaling": PHI3_LONGROPE},
            "longrope-short": {**PHI3, "original_max_position_embeddings": 8, "max_position_embeddings": 16, "rope_scaling": PHI3_LONGROPE},
            "longrope-missing": {**PHI3, "max_position_embeddings": 131072, "rope_scaling": PHI3_LONGROPE},
            "longrope-partial": {
                **PHI3, "original_max_position_embeddings": 4, "max_position_embeddings": 16, "partial_rotary_factor": 0.5,
                "rope_scaling": {"type": "yarn", "short_factor": SHORT[2:4], "long_factor": LONG[2:4]},
            },
        },
    ),
    "smollm3": (
        {**SMOLLM3, "attention_bias": True, "mlp_bias": True},
        {
            "missing": SMOLLM3,
            "biases": {**SMOLLM3, "attention_bias": True, "mlp_bias": True},
            "interval": {**SMOLLM3, "no_rope_layer_interval": 2},
            "layers": {**SMOLLM3, "no_rope_layers": [0, 1, 0, 1]},
            "window": {**SMOLLM3, "no_rope_layers": [0, 1, 0], "use_sliding_window": True, "sliding_window": 3},
            "window-unused": {**SMOLLM3, "no_rope_layers": [0, 1, 0], "sliding_window": 3},
            "window-by-type": {
                **SMOLLM3, "sliding_window": 3, "layer_types": ["full_attention", "sliding_attention", "full_attention"],
            },
            "yarn": {**SMOLLM3, "max_position_embeddings": 128, "rope_scaling": {**YARN}},
        },
    ),
    "stablelm": (
        {**STABLELM, "use_qkv_bias": True, "qk_layernorm": True},
        {
            "missing": STABLELM,
            "biases": {**STABLELM, "use_qkv_bias": True},
            "query-key-norms": {**STABLELM, "qk_layernorm": True},
            "parallel": {**STABLELM, "use_parallel_residual": True, "hidden_act": "gelu"},
            "whole": {**STABLELM, "partial_rotary_factor": 1.0, "rope_theta": 500},
            "half": {**STABLELM, "partial_rotary_factor": 0.5, "rope_scaling": {"type": "linear", "factor": 2.0}},
            "parameters": {**STABLELM, "rope_parameters": {"rope_type": "default", "rope_theta": 500.0, "partial_rotary_factor": 0.5}},
            "epsilon": {**STABLELM, "layer_norm_eps": 0.1, "qk_layernorm": True},
        },
    ),
    "gpt_neo": (
        NEO,
        {
            "missing": NEO,
            "other-names": {
                "model_type": "gpt_neo", "vocab_size": 40, "hidden_size": 16, "num_layers": 2, "num_attention_heads": 2,
                "max_position_embeddings": 16, "attention_types": [[["global"], 2]],
            },
            "window": {**NEO, "window_size": 3},
            "window-first": {**NEO, "window_size": 3, "attention_types": [[["local"], 1], [["global"], 1]]},
            "layers": {**NEO, "window_size": 2, "attention_layers": ["local", "local"]},
            "relu": {**NEO, "activation_function": "relu", "layer_norm_epsilon": 0.01},
        },
    ),
    "gpt_neo-untied": (
        {**NEO, "tie_word_embeddings": False, "intermediate_size": 24},
        {"untied": {**NEO, "tie_word_embeddings": False, "intermediate_size": 24, "window_size": 1}},
    ),
    "gpt_neox": (
        NEOX,
        {
            "missing": NEOX,
            "whole": {**NEOX, "rotary_pct": 1.0, "rotary_emb_base": 500},
            "unused-keys": {**NEOX, "rope_theta": 500.0, "partial_rotary_factor": 1.0},
            "parameters": {**NEOX, "rope_parameters": {"rope_type": "default", "rope_theta": 500.0, "partial_rotary_factor": 0.5}},
            "without-bias": {**NEOX, "attention_bias": False},
            "linear": {**NEOX, "rope_scaling": {"type": "linear", "factor": 2.0}},
            "sequential": {**NEOX, "use_parallel_residual": False, "hidden_act": "relu"},
        },
    ),
    "gptj": (
        GPTJ,
        {
            "missing": GPTJ,
            "other-names": {
                "model_type": "gptj", "vocab_size": 40, "max_position_embeddings": 16, "hidden_size": 16, "num_hidden_layers": 2,
                "num_attention_heads": 2, "rotary_dim": 4, "n_inner": 24,
            },
            "whole": {**GPTJ, "rotary_dim": 8},
            "pair": {**GPTJ, "rotary_dim": 2, "activation_function": "relu", "layer_norm_epsilon": 0.01, "scale_attn_weights": False},
        },
    ),
    "gptj-tied": (
        {**GPTJ, "n_embd": 12, "n_inner": None, "tie_word_embeddings": True},
        {"tied": {**GPTJ, "n_embd": 12, "n_inner": None, "tie_word_embeddings": True}},
    ),
    "mixtral": (
        MIXTRAL,
        {
            "missing": MIXTRAL,
            "one": {**MIXTRAL, "num_experts_per_tok": 1},
            "all": {**MIXTRAL, "num_experts_per_tok": 4, "hidden_act": "gelu"},
            "window": {**MIXTRAL, "sliding_window": 3, "rope_theta": 500.0, "rms_norm_eps": 0.01},
            "yarn": {**MIXTRAL, "max_position_embeddings": 128, "rope_scaling": YARN},
        },
    ),
    "opt": (
        OPT,
        {
            "missing": OPT,
            "gelu": {**OPT, "activation_function": "gelu", "word_embed_proj_dim": 16},
            "without-final-norm": {**OPT, "_remove_final_layer_norm": True},
            "without-gains": {**OPT, "layer_norm_elementwise_affine": False},
            "without-bias": {**OPT, "enable_bias": False},
        },
    ),
    "opt-untied": (
        {**OPT, "tie_word_embeddings": False},
        {"untied": {**OPT, "tie_word_embeddings": False}},
    ),
    "phi": (
        {**PHI, "qk_layernorm": True},
        {
            "missing": PHI,
            "normed": {**PHI, "qk_layernorm": True},
            "whole": {**PHI, "partial_rotary_factor": 1.0, "rope_theta": 500.0},
            "parameters": {**PHI, "rope_parameters": {"rope_type": "default", "rope_theta": 500.0, "partial_rotary_factor": 0.25}},
            "linear": {**PHI, "rope_scaling": {"type": "linear", "factor": 2.0}},
            "yarn": {**PHI, "max_position_embeddings": 128, "rope_scaling": {**YARN, "factor": 2.0}},
            "relu": {**PHI, "hidden_act": "relu", "layer_norm_eps": 0.01},
        },
    ),
    "phi-tied": (
        {**PHI, "num_key_value_heads": 1, "head_dim": 4, "tie_word_embeddings": True},
        {"tied": {**PHI, "num_key_value_heads": 1, "head_dim": 4, "tie_word_embeddings": True}},
    ),
    "qwen2_moe": (
        QWEN2_MOE,
        {
            "missing": QWEN2_MOE,
            "normed": {**QWEN2_MOE, "norm_topk_prob": True, "num_experts_per_tok": 3},
            "types": {**QWEN2_MOE, "layer_types": ["full_attention", "full_attention"], "max_window_layers": 0},
            "without-bias": {**QWEN2_MOE, "qkv_bias": False, "hidden_act": "relu"},
        },
    ),
    "qwen2_moe-step": (
        {**QWEN2_MOE, "decoder_sparse_step": 2, "head_dim": 8, "tie_word_embeddings": True},
        {"second": {**QWEN2_MOE, "decoder_sparse_step": 2, "head_dim": 8, "tie_word_embeddings": True}},
    ),
    "qwen3_moe": (
        {**QWEN3_MOE, "attention_bias": True},
        {
            "missing": QWEN3_MOE,
            "attention-bias": {**QWEN3_MOE, "attention_bias": True, "norm_topk_prob": True},
            "window": {**QWEN3_MOE, "use_sliding_window": True, "sliding_window": 3},
            "window-unused": {**QWEN3_MOE, "sliding_window": 3},
        },
    ),
    "qwen3_moe-first": (
        {**QWEN3_MOE, "mlp_only_layers": [1], "head_dim": 6},
        {"first": {**QWEN3_MOE, "mlp_only_layers": [1], "head_dim": 6}},
    ),
    "qwen3_moe-dense": (
        {**QWEN3_MOE, "num_experts": 0},
        {"dense": {**QWEN3_MOE, "num_experts": 0}},
    ),
}

# Models of three blocks and six heads beside this directory, which are patched too.
PATCHED = {
    "gemma": {
        "model_type": "gemma", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "head_dim": 10, "attention_bias": True, "tie_word_embeddings": False,
        "max_position_embeddings": 64,
    },
    "gemma3": {
        "model_type": "gemma3_text", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "head_dim": 10, "sliding_window": 4, "sliding_window_pattern": 3,
        "query_pre_attn_scalar": 7, "rope_scaling": {"rope_type": "linear", "factor": 2.0}, "max_position_embeddings": 64,
    },
    "granite": {
        "model_type": "granite", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "embedding_multiplier": 4.0, "logits_scaling": 2.0,
        "residual_multiplier": 0.6, "attention_multiplier": 0.3, "attention_bias": True, "mlp_bias": True, "max_position_embeddings": 64,
    },
    "olmo2": {
        "model_type": "olmo2", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "attention_bias": True, "max_position_embeddings": 64,
    },
    "phi3": {
        "model_type": "phi3", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "head_dim": 8, "partial_rotary_factor": 0.75, "sliding_window": 5,
        "pad_token_id": None, "max_position_embeddings": 64,
    },
    "smollm3": {
        "model_type": "smollm3", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "no_rope_layers": [0, 1, 0], "use_sliding_window": True, "sliding_window": 3,
        "pad_token_id": None, "layer_types": ["sliding_attention", "sliding_attention", "full_attention"], "max_position_embeddings": 64,
    },
    "gpt2": {
        "model_type": "gpt2", "vocab_size": 53, "n_positions": 64, "n_embd": 24, "n_layer": 3, "n_head": 6, "n_inner": 40,
        "activation_function": "tanh", "scale_attn_by_inverse_layer_idx": True, "reorder_and_upcast_attn": True,
        "tie_word_embeddings": False,
    },
    "gpt_neo": {
        "model_type": "gpt_neo", "vocab_size": 53, "hidden_size": 24, "num_layers": 3, "num_heads": 6, "intermediate_size": 40,
        "activation_function": "silu", "max_position_embeddings": 64, "attention_types": [[["local", "global"], 1], [["local"], 1]],
        "window_size": 4,
    },
    "gptj": {
        "model_type": "gptj", "vocab_size": 53, "n_positions": 64, "n_embd": 36, "n_layer": 3, "n_head": 6, "n_inner": 40, "rotary_dim": 4,
        "activation_function": "gelu",
    },
    "llama-yarn": {
        "model_type": "llama", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "head_dim": 10, "hidden_act": "quick_gelu",
        "max_position_embeddings": 64, "rope_scaling": {**YARN, "factor": 2.0},
    },
    "stablelm": {
        "model_type": "stablelm", "vocab_size": 53, "hidden_size": 48, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "use_qkv_bias": True, "qk_layernorm": True, "use_parallel_residual": True,
        "tie_word_embeddings": True, "layer_norm_eps": 0.1, "max_position_embeddings": 64,
    },
    "stablelm-sequential": {
        "model_type": "stablelm", "vocab_size": 53, "hidden_size": 48, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 6, "partial_rotary_factor": 0.5, "layer_norm_eps": 0.1, "max_position_embeddings": 64,
    },
    "mixtral": {
        "model_type": "mixtral", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 16, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "head_dim": 6, "max_position_embeddings": 64, "num_local_experts": 4,
    },
    "opt": {
        "model_type": "opt", "vocab_size": 53, "hidden_size": 24, "num_hidden_layers": 3, "num_attention_heads": 6, "ffn_dim": 40,
        "activation_function": "tanh", "max_position_embeddings": 64, "_remove_final_layer_norm": True, "tie_word_embeddings": False,
    },
    "phi": {
        "model_type": "phi", "vocab_size": 53, "hidden_size": 60, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "hidden_act": "silu", "max_position_embeddings": 64,
        "partial_rotary_factor": 0.4, "qk_layernorm": True,
    },
    "qwen2_moe": {
        "model_type": "qwen2_moe", "vocab_size": 53, "hidden_size": 24, "intermediate_size": 40, "num_hidden_layers": 3,
        "num_attention_heads": 6, "num_key_value_heads": 2, "max_position_embeddings": 64, "num_experts": 3, "num_experts_per_tok": 3,
        "moe_intermediate_size": 8, "shared_expert_intermediate_size": 12, "decoder_sparse_step": 2, "norm_topk_prob": True,
    },
}

TOKENS = torch.tensor([[3, 14, 15, 9, 26, 5, 35], [8, 39, 7, 9, 32, 38, 4]])


def random_weights(config, spread=0.5):
    """Weights large enough that every setting shows in the logits: norms about one, the rest as wide as keeps the stream's size."""
    torch.manual_seed(1)
    model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**config))
    weights = {}
    for name, parameter in model.named_parameters():
        drawn = torch.randn(parameter.shape)
        if config["model_type"] == "gpt_neox":
            name = name.replace("lm_head", "embed_out")  # as files have it
        if "norm" in name or "ln_" in name:
            is_gain = name.endswith("weight") and not config["model_type"].startswith("gemma")
            weights[name] = 0.3 * drawn + (1.0 if is_gain else 0.0)
        else:
            weights[name] = spread * drawn
    return as_in_files(model, weights) if hasattr(model.config, "num_experts_per_tok") else weights


def as_in_files(model, weights):
    """Weights by their names in files, which have a matrix for each expert."""
    with torch.no_grad(), tempfile.TemporaryDirectory() as directory:
        for name, parameter in model.named_parameters():
            parameter.copy_(weights[name])
        model.save_pretrained(directory)
        return load_file(Path(directory) / "model.safetensors")


def logits(config, weights, tokens=TOKENS):
    with tempfile.TemporaryDirectory() as directory:
        (Path(directory) / "config.json").write_text(json.dumps(config))
        save_file(weights, Path(directory) / "model.safetensors", metadata={"format": "pt"})
        model, info = AutoModelForCausalLM.from_pretrained(
            directory, attn_implementation="eager", torch_dtype=torch.float32, output_loading_info=True
        )
        assert not info["missing_keys"], info
        with torch.no_grad():
            return model.eval()(tokens).logits.contiguous()


def write(names):
    for directory, (whole, variants) in MODELS.items():
        if names and directory not in names:
            continue
        target = HERE / directory
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        weights = random_weights(whole)
        save_file(weights, target / "model.safetensors", metadata={"format": "pt"})
        expected = {"tokens": TOKENS.float()}
        for name, config in variants.items():
            (target / f"{name}.json").write_text(json.dumps(config) + "\n")
            expected[name] = logits(config, weights)
        save_file(expected, target / "expected.safetensors")
    for name, config in PATCHED.items():
        if names and name not in names:
            continue
        target = HERE.parent / name
        target.mkdir(exist_ok=True)
        weights = random_weights(config, spread=0.2)
        save_file(weights, target / "model.safetensors", metadata={"format": "pt"})
        (target / "config.json").write_text(json.dumps(config, indent=2) + "\n")
        tokens = torch.randint(53, (3, 12))
        save_file({"tokens": tokens.float(), "logits": logits(config, weights, tokens)}, target / "expected.safetensors")
    for file in HERE.parent.glob("**/*.safetensors"):
        file.chmod(0o644)


def check():
    for directory, (_, variants) in MODELS.items():
        weights = load_file(HERE / directory / "model.safetensors")
        expected = load_file(HERE / directory / "expected.safetensors")
        for name in variants:
            config = json.loads((HERE / directory / f"{name}.json").read_text())
            try:
                difference = (logits(config, weights) - expected[name]).abs().max().item()
                print(f"{directory} {name} {difference:.1e}", flush=True)
            except Exception as e:
                print(f"{directory} {name} {type(e).__name__}: {str(e)[:200]}", flush=True)


if __name__ == "__main__":
    print("transformers", transformers.__version__, "torch", torch.__version__)
    check() if sys.argv[1:] == ["check"] else write(sys.argv[1:])
