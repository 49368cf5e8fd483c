"""The files of .ci/gpu as a table for docs/numbers.md."""

import json
import pathlib
import re
import sys


def objects(path):
    text, decoder, found = (path.read_text() if path.exists() else "").strip(), json.JSONDecoder(), []
    while text:
        try:
            each, end = decoder.raw_decode(text)
        except ValueError:
            break
        found.append(each)
        text = text[end:].lstrip()
    return found


def ms(seconds):
    return f"{1000 * seconds:.1f}"


def main():
    out = pathlib.Path(sys.argv[1])
    print((out / "card.txt").read_text())
    torch = {(each["model"], each["dtype"], each["batch_size"]): each for each in objects(out / "torch.json")}
    print("| model | dtype | prompts | forward ms | forward and backward ms | PyTorch's own | score ms | ratio | integrated, ratio "
          "| sweep, ratio a circuit | score's memory MB |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for each in objects(out / "bench.json"):
        own = torch.get((each["model"], each["dtype"], each["batch_size"]))
        floor, score = each["floor"], each["score"]
        print("|", " | ".join([
            each["model"], each["dtype"], str(each["batch_size"]),
            ms(floor["forward_seconds"]), ms(floor["forward_backward_seconds"]),
            "" if own is None else f"{ms(own['forward_seconds'])}, {ms(own['forward_backward_seconds'])}",
            ms(score["seconds"]), f"{score['ratio']:.2f}", f"{each['integrated_gradients']['ratio']:.2f}",
            ", ".join(f"{sweep['patch_type']} {sweep['ratio']:.2f}" for sweep in each["sweeps"]),
            f"{score.get('peak_extra_gpu_mb', score.get('peak_extra_mb', 0)):.0f}"]), "|")
    for each in objects(out / "soak.json"):
        print("\nA soak:", *(json.dumps(place) for place in each["soak"]), sep="\n    ")
    if (out / "counts.txt").exists():
        print("\nAsked of the card by a score:\n\n    " + (out / "counts.txt").read_text().replace("\n", "\n    "))
    checks = (out / "checks.txt").read_text().splitlines() if (out / "checks.txt").exists() else []
    kept = [line for line in checks if re.search(r"tests (successful|failed)|Tests run:| edges keep ", line)]
    print("\nChecks:\n", *kept, sep="\n    ")


if __name__ == "__main__":
    main()
