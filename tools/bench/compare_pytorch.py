#!/usr/bin/env python3
"""Times the benchmarks that PyTorch can run too, in turn with PyTorch at its best setting.

    bazel build //tools:bench && python3 tools/bench/compare_pytorch.py [--rounds=5] [--threads=2]

Each round times our program and then every setting of PyTorch (threads, memory format, form of the optimizer); the table
gives medians over the rounds and the median of the rounds' ratios, so that a machine whose speed drifts treats both
alike. PyTorch is no dependency of the project: any installed version will do.
"""
import argparse
import itertools
import json
import os
import statistics
import subprocess
import time

import torch
from torch import nn
import torch.nn.functional as F

BENCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../bazel-bin/tools/bench/bench")


def mlp():
    return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.MaxPool2d(2), nn.ReLU(),
        nn.Conv2d(6, 16, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))


def adam(parameters, **form):
    return torch.optim.Adam(parameters, **form)


def sgd(parameters, **form):
    return torch.optim.SGD(parameters, lr=1e-2, momentum=0.9, **form)


# name: network, its input, optimizer, memory formats worth trying
MODELS = {
    "mlp": (mlp, (64, 784), adam, [torch.contiguous_format]),
    "lenet": (lenet, (64, 1, 28, 28), sgd, [torch.contiguous_format, torch.channels_last]),
}


def training_step(name, memory_format, form):
    """One step of training on random pictures, ready to run; raises where this PyTorch lacks the optimizer's form."""
    make, shape, optimizer, _ = MODELS[name]
    torch.manual_seed(1)
    model = make().to(memory_format=memory_format)
    x = torch.randn(shape)
    if len(shape) == 4:
        x = x.to(memory_format=memory_format)
    y = torch.arange(shape[0]) % 10
    update = optimizer(model.parameters(), **form)

    def step():
        update.zero_grad(set_to_none=True)
        F.cross_entropy(model(x), y).backward()
        update.step()

    step()
    return step


def median_ms(step, seconds):
    times = []
    end = time.perf_counter() + 1.2 * seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[len(times) // 6:])


def pytorch_settings(name, threads):
    """Every setting that this PyTorch knows, as (label, step)."""
    forms = [{}, {"foreach": True}, {"fused": True}]
    for count, memory_format, form in itertools.product(range(1, threads + 1), MODELS[name][3], forms):
        label = f"{count} threads, {str(memory_format).split('.')[-1]}, {', '.join(form) or 'default'}"
        try:
            yield label, count, training_step(name, memory_format, form)
        except (TypeError, RuntimeError, ValueError):
            continue


def ours_ms(name, threads, seconds):
    command = [BENCH, f"--only={name}", f"--threads={threads}", f"--seconds={seconds}", "--format=json"]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return json.loads(output)[0]["ms_per_step"]


def compare(name, options):
    settings = list(pytorch_settings(name, options.threads))
    ours, theirs = [], {label: [] for label, _, _ in settings}
    for _ in range(options.rounds):
        ours.append(ours_ms(name, options.threads, options.seconds))
        for label, count, step in settings:
            torch.set_num_threads(count)
            theirs[label].append(median_ms(step, options.seconds))
    best = min(theirs, key=lambda label: statistics.median(theirs[label]))
    ratio = statistics.median(t / o for t, o in zip(theirs[best], ours))
    print(f"{name:8} ours {statistics.median(ours):8.3f} ms   PyTorch {statistics.median(theirs[best]):8.3f} ms ({best})"
          f"   ratio {ratio:.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default="mlp,lenet")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=1.0)
    options = parser.parse_args()
    coretype = os.environ.get("OPENBLAS_CORETYPE", "unset")
    print(f"PyTorch {torch.__version__}, medians of {options.rounds} rounds, OPENBLAS_CORETYPE {coretype}")
    for name in options.only.split(","):
        compare(name, options)


if __name__ == "__main__":
    main()
