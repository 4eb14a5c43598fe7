#!/usr/bin/env python3
"""Records what PyTorch's optimizers and schedules do, for pytorch_parity_test to compare ours with.

    python3 modules/optimizers/testdata/pytorch_goldens.py

writes pytorch_goldens.json beside itself, which is committed: PyTorch (1.13 made the committed file; it says so inside)
is needed to make it anew, not to build or test. Every entry carries the arguments that PyTorch was given.

Optimizers: 100 steps from `start` with gradients that do not depend on the parameters, so that only the rule is on
trial. A gradient is k / 1024 * scale, with k from a generator of whole numbers and scale a power of two: the file's
numbers are exact in float32. The small scales let epsilon matter: where a rule adds it is visible. "float64" and
"float32" give the parameters after 1, 10 and 100 steps, each run wholly in that type.

All rules take PyTorch's path for one tensor at a time (foreach=False), except NAdam: there, the 1.13 path multiplies
mu_t into the product of the coming step twice, which PyTorch mended in 2.0 (its pull request 92699); the foreach path
never did.

Schedules: the rate at each of 100 steps. ReduceLROnPlateau: the rate after each of the losses recorded with it.
"""
import json
import math
import os
import warnings

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim import lr_scheduler, swa_utils

STEPS = 100
RECORDED = (1, 10, 100)
START = [3.0, -2.5, 4.0, -3.5, 2.0, -4.5, 2.25, -1.75]
SCALES = [1.0, 1.0, 2.0, 0.5, 2.0**-6, 2.0**-6, 2.0**-20, 2.0**-20]


def whole_numbers(seed):
    """A linear congruential generator modulo 2^32; yields its upper 12 bits, 0 to 4095."""
    while True:
        seed = (1664525 * seed + 1013904223) % 2**32
        yield seed >> 20


_numbers = whole_numbers(seed=1)
GRADIENTS = [[(next(_numbers) - 2048) / 1024 * scale for scale in SCALES] for _ in range(STEPS)]

# name: class, arguments beside the parameters
OPTIMIZERS = {
    "sgd": ("SGD", dict(lr=0.05)),
    "sgd_l2": ("SGD", dict(lr=0.05, weight_decay=0.1)),
    "momentum": ("SGD", dict(lr=0.01, momentum=0.9)),
    "momentum_l2": ("SGD", dict(lr=0.01, momentum=0.9, weight_decay=0.1)),
    "nesterov": ("SGD", dict(lr=0.01, momentum=0.9, nesterov=True)),
    "adagrad": ("Adagrad", dict(lr=0.2, eps=1e-10)),
    "adadelta": ("Adadelta", dict(lr=2.0, rho=0.9, eps=1e-6)),
    "rmsprop": ("RMSprop", dict(lr=0.02, alpha=0.99, eps=1e-8)),
    "rmsprop_centered": ("RMSprop", dict(lr=0.02, alpha=0.99, eps=1e-8, centered=True)),
    "rmsprop_momentum": ("RMSprop", dict(lr=0.005, alpha=0.99, eps=1e-8, momentum=0.9)),
    "adam": ("Adam", dict(lr=0.05, betas=(0.9, 0.999), eps=1e-8)),
    "adam_l2": ("Adam", dict(lr=0.005, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.1)),
    "amsgrad": ("Adam", dict(lr=0.05, betas=(0.9, 0.99), eps=1e-8, amsgrad=True)),
    # lr * weight_decay is a power of two: PyTorch multiplies by 1 - lr * weight_decay, and the rounding of that one
    # number to float32, the same at each step, would add up to 2e-6 in 100.
    "adamw": ("AdamW", dict(lr=0.03125, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.25)),
    "adamax": ("Adamax", dict(lr=0.05, betas=(0.9, 0.999), eps=1e-8)),
    "nadam": ("NAdam", dict(lr=0.05, betas=(0.9, 0.999), eps=1e-8, momentum_decay=0.004)),
    # What else happens in the step: the gradient is clipped before it, or the parameters are averaged after it.
    "sgd_clip_norm": ("SGD", dict(lr=0.05, max_norm=2.0)),
    "sgd_clip_value": ("SGD", dict(lr=0.05, clip_value=0.5)),
    "sgd_ema": ("SGD", dict(lr=0.05, ema_decay=0.9)),
}

# name: class, arguments beside the optimizer; "lr" is the optimizer's rate
SCHEDULES = {
    "step": ("StepLR", dict(lr=0.5, step_size=30, gamma=0.1)),
    "multi_step": ("MultiStepLR", dict(lr=0.5, milestones=[10, 25, 70], gamma=0.3)),
    "exponential": ("ExponentialLR", dict(lr=0.5, gamma=0.95)),
    "polynomial": ("PolynomialLR", dict(lr=0.5, total_iters=80, power=2.0)),
    "cosine": ("CosineAnnealingLR", dict(lr=0.5, T_max=100, eta_min=0.01)),
    "warm_restarts": ("CosineAnnealingWarmRestarts", dict(lr=0.5, T_0=30, T_mult=1, eta_min=0.01)),
    "warm_restarts_doubling": ("CosineAnnealingWarmRestarts", dict(lr=0.5, T_0=10, T_mult=2, eta_min=0.01)),
    "one_cycle": ("OneCycleLR", dict(max_lr=0.5, total_steps=100, pct_start=0.3, div_factor=25.0,
                                     final_div_factor=1e4, anneal_strategy="cos", cycle_momentum=False)),
    # n steps of warm-up at 1/n, 2/n, ..., n/n of the rate are LinearLR's n - 1 intervals from 1/n.
    "warm_up": ("LinearLR", dict(lr=0.5, start_factor=1 / 20, total_iters=19)),
    "warm_up_then_cosine": ("SequentialLR", dict(lr=0.5, start_factor=1 / 10, total_iters=9, milestone=10, T_max=90,
                                                 eta_min=0.01)),
}

PLATEAU = dict(lr=0.5, factor=0.5, patience=8, threshold=0.01, cooldown=3, min_lr=0.02)


def run_optimizer(kind, arguments, dtype):
    """The parameters (or their averages, given "ema_decay") after 1, 10 and 100 steps as {step: [8 numbers]}."""
    arguments = dict(arguments)
    max_norm = arguments.pop("max_norm", None)
    clip_value = arguments.pop("clip_value", None)
    decay = arguments.pop("ema_decay", 0.0)  # without one, the average is the newest parameters themselves
    torch.set_default_dtype(dtype)  # NAdam keeps its product of mu in the default type
    model = torch.nn.ParameterList([torch.nn.Parameter(torch.tensor(START))])
    average = swa_utils.AveragedModel(model, avg_fn=lambda mean, new, n: decay * mean + (1 - decay) * new)
    optimizer = getattr(torch.optim, kind)(model.parameters(), foreach=kind == "NAdam", **arguments)
    average.update_parameters(model)  # the first one copies: the mean begins at the start
    recorded = {}
    for step in range(1, STEPS + 1):
        model[0].grad = torch.tensor(GRADIENTS[step - 1])
        if max_norm is not None:
            clip_grad_norm_(model.parameters(), max_norm)
        if clip_value is not None:
            clip_grad_value_(model.parameters(), clip_value)
        optimizer.step()
        average.update_parameters(model)
        if step in RECORDED:
            recorded[str(step)] = average.module[0].tolist()
    return recorded


def make_scheduler(kind, optimizer, arguments):
    if kind != "SequentialLR":
        return getattr(lr_scheduler, kind)(optimizer, **arguments)
    a = arguments
    warm_up = lr_scheduler.LinearLR(optimizer, start_factor=a["start_factor"], total_iters=a["total_iters"])
    cosine = lr_scheduler.CosineAnnealingLR(optimizer, T_max=a["T_max"], eta_min=a["eta_min"])
    return lr_scheduler.SequentialLR(optimizer, [warm_up, cosine], milestones=[a["milestone"]])


def run_schedule(kind, arguments):
    """The rate of each of the 100 steps."""
    arguments = dict(arguments)
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=arguments.pop("lr", 1.0))
    scheduler = make_scheduler(kind, optimizer, arguments)
    rates = []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def run_plateau(arguments):
    """100 losses that fall to half at every 25th and waver by at most 1/64 of the first, and the rate after each."""
    arguments = dict(arguments)
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=arguments.pop("lr"))
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, **arguments)
    numbers = whole_numbers(seed=2)
    losses = [((4096 >> t // 25) + next(numbers) % 64) / 1024 for t in range(STEPS)]
    rates = []
    for loss in losses:
        scheduler.step(loss)
        rates.append(optimizer.param_groups[0]["lr"])
    return losses, rates


def layout(value, indent=""):
    """JSON with a line for each row of numbers and for each name."""
    inner = indent + " "
    if isinstance(value, dict):
        rows = [f"{inner}{json.dumps(key)}: {layout(item, inner)}" for key, item in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], list):
        return "[\n" + ",\n".join(inner + layout(row, inner) for row in value) + f"\n{indent}]"
    return json.dumps(value, allow_nan=False)


def main():
    warnings.filterwarnings("ignore", category=UserWarning)
    torch.set_num_threads(1)
    optimizers = {
        name: {
            "class": kind,
            "arguments": arguments,
            "float64": run_optimizer(kind, arguments, torch.float64),
            "float32": run_optimizer(kind, arguments, torch.float32),
        } for name, (kind, arguments) in OPTIMIZERS.items()
    }
    for name, entry in optimizers.items():  # a number next to 0 would make a relative comparison a test of rounding
        assert all(math.fabs(p) > 0.1 for p in entry["float64"]["100"]), name
    schedules = {
        name: {"class": kind, "arguments": arguments, "rates": run_schedule(kind, arguments)}
        for name, (kind, arguments) in SCHEDULES.items()
    }
    losses, rates = run_plateau(PLATEAU)
    goldens = {
        "made_by": f"pytorch_goldens.py with PyTorch {torch.__version__}",
        "start": START,
        "gradients": GRADIENTS,
        "optimizers": optimizers,
        "schedules": schedules,
        "plateau": {"class": "ReduceLROnPlateau", "arguments": PLATEAU, "losses": losses, "rates": rates},
    }
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytorch_goldens.json")
    with open(path, "w", encoding="ascii") as file:
        file.write(layout(goldens) + "\n")


if __name__ == "__main__":
    main()
