"""A causal language model of a few thousand weights, made on disk without torch. It can say {} and no more."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

TEMPLATE: Final = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}\n{% endfor %}<|assistant|>"
)
WIDE, INNER, LAYERS = 16, 32, 1


def make(folder: Path) -> None:
    """Letters are bytes; weights are drawn from one seed."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = {word: number for number, word in enumerate(["<s>", "</s>", *letters])}
    tokenizer = Tokenizer(models.BPE(vocab=words, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    folder.mkdir()
    tokenizer.save(str(folder / "tokenizer.json"))
    shape = {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": len(words),
        "hidden_size": WIDE,
        "intermediate_size": INNER,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "max_position_embeddings": 16_384,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "tie_word_embeddings": False,
    }
    spoken = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>"}
    for name, content in {
        "config.json": shape,
        "generation_config.json": {"bos_token_id": 0, "eos_token_id": 1},
        "tokenizer_config.json": spoken | {"chat_template": TEMPLATE},
    }.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    save_file(_weights(words), folder / "model.safetensors", metadata={"format": "pt"})


def _weights(words: dict[str, int]) -> dict[str, np.ndarray]:
    """What follows a letter is the one whose row of the head is that letter's own vector; layers change little."""
    chance = np.random.default_rng(1)
    square, wide, narrow, ones = (WIDE, WIDE), (INNER, WIDE), (WIDE, INNER), (WIDE,)
    shapes: dict[str, tuple[int, ...]] = {}
    for number in range(LAYERS):
        layer = f"model.layers.{number}"
        shapes |= {f"{layer}.self_attn.{each}_proj.weight": square for each in "qkvo"}
        shapes |= {f"{layer}.mlp.{each}_proj.weight": wide for each in ("gate", "up")}
        shapes |= {f"{layer}.mlp.down_proj.weight": narrow}
        shapes |= {f"{layer}.{each}_layernorm.weight": ones for each in ("input", "post_attention")}
    found = {name: chance.standard_normal(shape) * 0.02 for name, shape in shapes.items()}
    letters = chance.standard_normal((len(words), WIDE))
    letters /= np.linalg.norm(letters, axis=1, keepdims=True)
    head = letters.copy()
    for before, after in (("</s>", ">"), (">", "{"), ("{", "}"), ("}", "</s>")):
        head[words[after]] = letters[words[before]]
    found |= {"model.embed_tokens.weight": letters, "lm_head.weight": head, "model.norm.weight": np.ones(ones)}
    return {name: value.astype(np.float32) for name, value in found.items()}
