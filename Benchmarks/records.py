"""What the benchmarks with a named peer share: the machine, a dated record of a run, and the exit code of its targets."""
import datetime
import json
import os
import platform


def add_options(parser):
    """--record and --no-targets."""
    parser.add_argument("--record", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "runs"))
    parser.add_argument("--no-targets", action="store_true", help="write the figures and end with 0 whatever they are")


def finish(result, name, options, peer):
    """Prints the figures, writes them into a dated record where one is wanted, and gives the exit code: 1 where a target is missed."""
    result["machine"] = {"cores": os.cpu_count(), "system": platform.platform(), "peer": peer}
    text = json.dumps(result, indent=2)
    print(text)
    if options.record:
        os.makedirs(options.record, exist_ok=True)
        day = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
        with open(os.path.join(options.record, f"{day}-{name}.json"), "w", encoding="utf-8") as file:
            file.write(text + "\n")
    return 0 if options.no_targets or all(result["targets"].values()) else 1
