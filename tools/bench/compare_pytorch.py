#!/usr/bin/env python3
"""Times the benchmarks that PyTorch can run too, in turn with PyTorch at its best setting.

    bazel build //tools:bench && python3 tools/bench/compare_pytorch.py [--rounds=5] [--threads=2]

Each round times our program and then every setting of PyTorch (threads, memory format, form of the optimizer); the table
gives medians over the rounds and the median of the rounds' ratios, so that a machine whose speed drifts treats both
alike: once for PyTorch's best setting and once for the best with the optimizer's default form. PyTorch is no dependency
of the project: any installed version will do.
"""
import argparse
import functools
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


def training_step(make, shape, optimizer, memory_format, form):
    """One step of training on random pictures, ready to run."""
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

    return step


def update_step(form):
    """One update of ten million parameters by Adam, ready to run."""
    parameter = nn.Parameter(torch.randn(10_000_000))
    parameter.grad = torch.randn_like(parameter)
    return adam([parameter], **form).step


PLAIN, LAST = torch.contiguous_format, torch.channels_last

# name: memory formats worth trying, and the step for one of them and a form of the optimizer
STEPS = {
    "mlp": ([PLAIN], functools.partial(training_step, mlp, (64, 784), adam)),
    "lenet": ([PLAIN, LAST], functools.partial(training_step, lenet, (64, 1, 28, 28), sgd)),
    "update/adam": ([PLAIN], lambda _, form: update_step(form)),
}


def median_ms(step, seconds):
    times = []
    end = time.perf_counter() + 1.2 * seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[len(times) // 6:])


def pytorch_settings(name, threads):
    """Every setting that this PyTorch knows, as (label, threads, step)."""
    memory_formats, make = STEPS[name]
    forms = [{}, {"foreach": True}, {"fused": True}]
    for count, memory_format, form in itertools.product(range(1, threads + 1), memory_formats, forms):
        label = f"{count} threads, {str(memory_format).split('.')[-1]}, {', '.join(form) or 'default'}"
        try:
            step = make(memory_format, form)
            step()
            yield label, count, step
        except (TypeError, RuntimeError, ValueError):  # this PyTorch lacks the optimizer's form
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
    medians = {label: statistics.median(times) for label, times in theirs.items()}
    best = min(medians, key=medians.get)
    default = min((label for label in medians if label.endswith("default")), key=medians.get)
    for label in dict.fromkeys([best, default]):
        ratio = statistics.median(t / o for t, o in zip(theirs[label], ours))
        print(f"{name:12} ours {statistics.median(ours):8.3f} ms   PyTorch {medians[label]:8.3f} ms ({label})"
              f"   ratio {ratio:.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default=",".join(STEPS))
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
