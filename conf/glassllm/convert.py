#!/usr/bin/env python3
"""Writes a model of the Python package glassllm as a directory that Edgewise, and Hugging Face's transformers, read, with prompts for it.

    pip install glassllm safetensors
    python3 conf/glassllm/convert.py out/glassllm

DIR/model has a Llama of 852,608 parameters, trained on Lewis Carroll's books. DIR/pronoun.json has prompts that ask for the possessive that
belongs to a name, and DIR/expected.json what glassllm's own code answers: the mean logit difference, which Edgewise has to give too.
"""
import itertools, json, random, sys
from pathlib import Path

import numpy as np
from glassllm import load_pretrained
from safetensors.numpy import save_file

HUGGING_FACE = {"attn.W_Q": "self_attn.q_proj", "attn.W_K": "self_attn.k_proj", "attn.W_V": "self_attn.v_proj", "attn.W_O": "self_attn.o_proj",
                "norm1": "input_layernorm", "norm2": "post_attention_layernorm",
                "ffn.W1": "mlp.gate_proj", "ffn.W2": "mlp.down_proj", "ffn.W3": "mlp.up_proj"}


def config(c):
    return {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": c.vocab_size, "hidden_size": c.d_model,
            "num_hidden_layers": c.n_layers, "num_attention_heads": c.n_heads, "num_key_value_heads": c.n_kv_heads,
            "intermediate_size": int(8 * c.d_model / 3), "max_position_embeddings": c.max_len, "rope_theta": c.rope_base,
            "rms_norm_eps": c.eps, "hidden_act": "silu", "tie_word_embeddings": True, "bos_token_id": 2, "eos_token_id": 3}


def halves(matrix, c):
    """glassllm rotates neighbouring dimensions of a head together, Llama those that are half a head apart: the columns of queries and keys in
    Llama's order."""
    width = c.d_model // c.n_heads
    return matrix.reshape(len(matrix), -1, width // 2, 2).swapaxes(2, 3).reshape(len(matrix), -1)


def weights(model):
    parameters = {name: parameter.data for name, parameter in model.named_parameters().items()}
    tensors = {"model.embed_tokens.weight": parameters["E"], "model.norm.weight": parameters["norm_f.gamma"]}
    for block in range(model.cfg.n_layers):
        for ours, theirs in HUGGING_FACE.items():
            at = f"model.layers.{block}.{theirs}.weight"
            if ours.startswith("norm"):
                tensors[at] = parameters[f"blocks.{block}.{ours}.gamma"]
                continue
            matrix = parameters[f"blocks.{block}.{ours}"]
            tensors[at] = (halves(matrix, model.cfg) if ours in ("attn.W_Q", "attn.W_K") else matrix).T
    return {name: np.ascontiguousarray(tensor, dtype=np.float32) for name, tensor in tensors.items()}


def tokenizer(t):
    special = [{"id": i, "content": token, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
               for i, token in enumerate(t.vocab[:4])]
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "Sequence", "normalizers": [
                {"type": "NFC"}, {"type": "Replace", "pattern": {"String": " "}, "content": "▁"}]},
            "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "\n|▁*[^▁\n]+|▁+"}, "behavior": "Isolated", "invert": False},
            "post_processor": None,
            "decoder": {"type": "Sequence", "decoders": [{"type": "Replace", "pattern": {"String": "▁"}, "content": " "}, {"type": "Fuse"}]},
            "model": {"type": "BPE", "dropout": None, "unk_token": "<unk>", "continuing_subword_prefix": None, "end_of_word_suffix": None,
                      "fuse_unk": False, "byte_fallback": False, "ignore_merges": False, "vocab": t.token_to_id,
                      "merges": [list(pair) for pair in t.merges]}}


BEGINNINGS = ["Then", "But", "At last", "And", "So", "Here", "Just then", "Soon"]
VERBS = ["shook", "looked at", "turned to", "opened", "ran after", "thought of", "made up", "came up to", "lifted up", "stretched out", "shut",
         "was looking at", "stopped and looked at", "sat down by", "took", "went on with"]
NAMES = {" her": ["Alice", "Sylvie"], " his": ["Bruno", "Arthur"]}


def prompts():
    """Pairs that differ in the name: its possessive is the answer, the other name's is the wrong one."""
    (her, women), (his, men) = NAMES.items()
    pairs = []
    for beginning, verb, (woman, man) in itertools.product(BEGINNINGS, VERBS, zip(women, men)):
        with_woman, with_man = (f"{beginning} {name} {verb}" for name in (woman, man))
        pairs.append({"clean": with_woman, "corrupt": with_man, "answers": [her], "wrong_answers": [his]})
        pairs.append({"clean": with_man, "corrupt": with_woman, "answers": [his], "wrong_answers": [her]})
    random.Random(0).shuffle(pairs)
    return pairs


def logit_difference(model, t, pairs):
    bos = t.token_to_id["<bos>"]
    logits = [model.forward([bos] + t.encode(pair["clean"])).data[0, -1] for pair in pairs]
    answers = [[t.token_to_id[pair[key][0].replace(" ", "▁")] for key in ("answers", "wrong_answers")] for pair in pairs]
    return float(np.mean([row[right] - row[wrong] for row, (right, wrong) in zip(logits, answers)]))


def main():
    if len(sys.argv) != 2:
        sys.exit("convert.py: wanted one directory to write, such as out/glassllm")
    directory = Path(sys.argv[1])
    (directory / "model").mkdir(parents=True, exist_ok=True)
    model, t = load_pretrained("en")
    pairs = prompts()
    save_file(weights(model), directory / "model" / "model.safetensors")
    for name, content in {"model/config.json": config(model.cfg), "model/tokenizer.json": tokenizer(t),
                          "model/tokenizer_config.json": {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<bos>", "unk_token": "<unk>"},
                          "pronoun.json": {"prompts": pairs},
                          "expected.json": {"prompts": len(pairs), "logit_difference": logit_difference(model, t, pairs)}}.items():
        (directory / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


main()
