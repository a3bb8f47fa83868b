"""How much of the five plans the importer reads right, field by field.

    python -m benchmarks.plans DIR      # DIR holds binh-dinh.txt, binh-phuoc.txt, …

The truth (``plans_truth.yaml``) was checked line by line against the documents.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from diembao.plan.importer import ImportedPlan, read_plan

TRUTH = Path(__file__).with_name("plans_truth.yaml")
_HEAD, _TAIL, _WHOLE = 5, 3, 8  # words


def rows(plan: ImportedPlan) -> dict[str, list[str]]:
    """The plan in the truth's form."""
    return {
        "groups": [f"{group.number} | {shortened(group.title)}" for group in plan.groups],
        "tasks": [
            " | ".join(
                (
                    task.number,
                    shortened(task.title),
                    "; ".join(task.lead),
                    "; ".join(task.help),
                    str(task.period.first or ""),
                    str(task.period.last or ""),
                    task.period.rhythm,
                    str(task.line),
                )
            )
            for task in plan.tasks
        ],
        "duties": [f"{duty.line} | {duty.unit} | {len(duty.points)}" for duty in plan.duties],
        "reports": [f"{report.line} {report.kind} | {report.before} | {report.to}" for report in plan.reports],
    }


def shortened(title: str) -> str:
    words = title.split()
    return title if len(words) <= _WHOLE else f"{' '.join(words[:_HEAD])} … {' '.join(words[-_TAIL:])}"


def compared(found: Sequence[str], wanted: Sequence[str]) -> tuple[int, int, int]:
    """Fields that are right, found and wanted; rows are paired by their first field, a missing row misses all."""
    truth = {row.split(" | ")[0]: row.split(" | ") for row in wanted}
    read = {row.split(" | ")[0]: row.split(" | ") for row in found}
    right = sum(a == b for key in truth.keys() & read.keys() for a, b in zip(truth[key], read[key], strict=True))
    return right, sum(map(len, read.values())), sum(map(len, truth.values()))


def main(folder: Path) -> None:
    print("plan\tpart\trows found\trows wanted\tprecision\trecall of fields")
    for name, truth in yaml.safe_load(TRUTH.read_text(encoding="utf-8")).items():
        plan = rows(read_plan((folder / f"{name}.txt").read_text(encoding="utf-8").split("\n")))
        for part, wanted in truth.items():
            right, found, total = compared(plan[part], wanted)
            if total or found:
                scores = f"{right / max(found, 1):.3f}\t{right / max(total, 1):.3f}"
                print(f"{name}\t{part}\t{len(plan[part])}\t{len(wanted)}\t{scores}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
