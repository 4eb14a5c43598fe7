#!/usr/bin/env python3
"""Times the benchmarks that PyTorch can run too, in turn with PyTorch at its best setting.

    bazel build //tools:bench && python3 tools/bench/compare_pytorch.py [--rounds=5] [--threads=2] [--precision=bf16]

Each round times our program and then every setting of PyTorch (threads, memory format, form of the optimizer); the table
gives medians over the rounds and the median of the rounds' ratios, so that a machine whose speed drifts treats both
alike: once for PyTorch's best setting and once for the best with the optimizer's default form. With --precision=bf16,
networks run in bf16 beside f32 weights here and under autocast there. The most memory that a process of each held, while
it did nothing but such steps, stands behind the times of whole networks. PyTorch is no dependency of the project: any
installed version will do.
"""
import argparse
import functools
import itertools
import json
import os
import statistics
import subprocess
import sys
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


class ResidualBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)), inplace=True)


def resnet18():
    layers = [nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True)]
    inputs = 64
    for outputs, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [ResidualBlock(inputs, outputs, stride), ResidualBlock(outputs, outputs, 1)]
        inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))


def small_cnn():
    layers, inputs = [], 3
    for outputs in (32, 64, 128):
        for _ in range(2):
            layers += [nn.Conv2d(inputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
            inputs = outputs
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(128 * 4 * 4, 10))


def adam(parameters, **form):
    return torch.optim.Adam(parameters, **form)


def sgd(parameters, **form):
    return torch.optim.SGD(parameters, lr=1e-2, momentum=0.9, **form)


def training_step(make, shape, optimizer, memory_format, form, precision):
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
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
            loss = F.cross_entropy(model(x), y)
        loss.backward()
        update.step()

    return step


def update_step(form):
    """One update of ten million parameters by Adam, ready to run."""
    parameter = nn.Parameter(torch.randn(10_000_000))
    parameter.grad = torch.randn_like(parameter)
    return adam([parameter], **form).step


PLAIN, LAST = torch.contiguous_format, torch.channels_last

# name: memory formats worth trying, and the step for one of them, a form of the optimizer and a precision
STEPS = {
    "mlp": ([PLAIN], functools.partial(training_step, mlp, (64, 784), adam)),
    "lenet": ([PLAIN, LAST], functools.partial(training_step, lenet, (64, 1, 28, 28), sgd)),
    "smallcnn": ([PLAIN, LAST], functools.partial(training_step, small_cnn, (128, 3, 32, 32), sgd)),
    "resnet18_cifar": ([PLAIN, LAST], functools.partial(training_step, resnet18, (128, 3, 32, 32), sgd)),
    "update/adam": ([PLAIN], lambda _, form, precision: update_step(form)),
}


def median_ms(step, seconds):
    times = []
    end = time.perf_counter() + 1.2 * seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        step()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times[len(times) // 6:])


def pytorch_settings(name, threads, precision, only=None):
    """Every setting that this PyTorch knows, as (label, threads, step)."""
    memory_formats, make = STEPS[name]
    forms = [{}, {"foreach": True}, {"fused": True}]
    for count, memory_format, form in itertools.product(range(1, threads + 1), memory_formats, forms):
        label = f"{count} threads, {str(memory_format).split('.')[-1]}, {', '.join(form) or 'default'}"
        if only not in (None, label):
            continue
        try:
            step = make(memory_format, form, precision)
            step()
            yield label, count, step
        except (TypeError, RuntimeError, ValueError):  # this PyTorch lacks the optimizer's form
            continue


def ours(name, options, seconds):
    return [BENCH, f"--only={name}", f"--threads={options.threads}", f"--seconds={seconds}",
            f"--precision={options.precision}", "--format=json"]


def ours_ms(name, options):
    return json.loads(output_of(ours(name, options, options.seconds)))[0]["ms_per_step"]


def output_of(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def print_peak_mib(name, options):
    """The most memory that this process holds in a few steps of the setting called `options.setting`."""
    for label, count, step in pytorch_settings(name, options.threads, options.precision, options.setting):
        torch.set_num_threads(count)
        for _ in range(3):
            step()
    status = open("/proc/self/status", encoding="ascii").read()
    print(int(status.split("VmHWM:")[1].split()[0]) / 1024)


def compare(name, options):
    settings = list(pytorch_settings(name, options.threads, options.precision))
    mine, theirs = [], {label: [] for label, _, _ in settings}
    for _ in range(options.rounds):
        mine.append(ours_ms(name, options))
        for label, count, step in settings:
            torch.set_num_threads(count)
            theirs[label].append(median_ms(step, options.seconds))
    medians = {label: statistics.median(times) for label, times in theirs.items()}
    best = min(medians, key=medians.get)
    default = min((label for label in medians if label.endswith("default")), key=medians.get)
    for label in dict.fromkeys([best, default]):
        ratio = statistics.median(t / o for t, o in zip(theirs[label], mine))
        print(f"{name:14} ours {statistics.median(mine):8.3f} ms   PyTorch {medians[label]:8.3f} ms ({label})"
              f"   ratio {ratio:.2f}", flush=True)
    if not name.startswith("update"):
        again = [sys.executable, os.path.abspath(__file__), f"--only={name}", f"--threads={options.threads}",
                 f"--precision={options.precision}", f"--setting={best}"]
        mib = json.loads(output_of(ours(name, options, 0)))[0]["peak_mib"]
        print(f"{name:14} ours {mib:8.0f} MiB  PyTorch {float(output_of(again)):8.0f} MiB (that best setting)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default=",".join(STEPS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--setting", help="only run this setting of PyTorch, a few steps, without timing it")
    options = parser.parse_args()
    if options.setting:
        print_peak_mib(options.only, options)
        return
    coretype = os.environ.get("OPENBLAS_CORETYPE", "unset")
    print(f"PyTorch {torch.__version__}, {options.precision}, medians of {options.rounds} rounds, OPENBLAS_CORETYPE {coretype}")
    for name in options.only.split(","):
        compare(name, options)


if __name__ == "__main__":
    main()
