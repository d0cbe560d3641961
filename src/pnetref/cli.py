"""The command line: the grammar of each command, and nothing else."""

import gc
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pnetref import __version__
from pnetref.errors import NoMatch, OutputProblem, Problem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pnetref.dataset import Dataset
    from pnetref.tables.base import Look, Page

app = typer.Typer(
    name="pnetref",
    help="A cited, offline reference on the treatment of pancreatic neuroendocrine tumors (pNET). Never advice.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Names = Annotated[list[str] | None, typer.Argument(help="Names in any case and spelling; quotes are not needed.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, as the README documents it.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Compute states for this ISO day.")]


def _version(wanted: bool) -> None:
    if wanted:
        from pnetref.dataset import load

        print(f"pnetref {__version__}, data {load().index.data_version}")  # noqa: T201 - the version is the output
        raise typer.Exit


_FORMATS = ("text", "bibtex", "ris", "csl-json")
_flags: dict[str, str | None] = {}
"""The settings given before the command; they beat the environment and the settings file."""


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the versions of package and data."),
    ] = False,
    terms: Annotated[str | None, typer.Option(metavar="plain|clinical|both", help="Words for side effects.")] = None,
    color: Annotated[str | None, typer.Option(metavar="auto|always|never", help="Color on screen.")] = None,
    references: Annotated[
        str | None, typer.Option(metavar="numbered|ids|off", help="Citation marks on screen.")
    ] = None,
    figures: Annotated[str | None, typer.Option(metavar="on|off", help="Survival and death figures on screen.")] = None,
) -> None:
    """Take the options of the program itself; they stand before the command."""
    del version  # its callback has answered
    from pnetref import config

    _flags.update(terms=terms, color=color, references=references, figures=figures)
    config.given(_flags)
    if context.invoked_subcommand is None:
        print(context.get_help())  # noqa: T201 - the help is the output


def _look() -> "Look":
    from pnetref.config import effective
    from pnetref.tables.base import Look

    settings = {key: setting.value for key, setting in effective(_flags).items()}
    return Look(settings["terms"], settings["references"], settings["figures"] == "on", settings["color"])


def _answer(
    data: "Dataset",
    payload: "Mapping[str, Any]",
    as_of: str | None,
    as_json: bool,
    screen: "Callable[[Page], None]",
) -> None:
    """Print ``payload`` as JSON, or the page that ``screen`` fills for people."""
    from pnetref.output import as_of_day, envelope, write_json

    day = as_of_day(as_of)
    if as_json:
        write_json(envelope(data, payload, day))
        return
    from pnetref.tables.base import Page, make_console, show

    look = _look()
    console = make_console(look)
    draft = Page(data, look, day, console.width)
    screen(draft)
    page = Page(data, look, day, console.width, draft)
    screen(page)
    show(console, page.finish())


@app.command(epilog="Example: pnetref drug sunitinib")
def drug(
    name: Names = None,
    in_class: Annotated[str | None, typer.Option("--class", metavar="CLASS", help="List the drugs of a class.")] = None,
    target: Annotated[str | None, typer.Option(metavar="TARGET", help="List the drugs that act on a target.")] = None,
    route: Annotated[str | None, typer.Option(metavar="ROUTE", help="List the drugs taken by a route.")] = None,
    source: Annotated[str | None, typer.Option(metavar="ID", help="List the drugs that a source speaks of.")] = None,
    all_records: Annotated[bool, typer.Option("--all", help="With --json: full records instead of a list.")] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show one drug, class or combination; without a name, all."""
    from pnetref import treatments
    from pnetref.dataset import load
    from pnetref.lookup import find_one, is_drug

    if all_records and not as_json:
        raise UsageProblem("--all goes with --json; the list on screen is of all already")
    data = load()
    filters = {"in_class": in_class, "target": target, "route": route, "source": source}
    if name:
        if all_records or any(value is not None for value in filters.values()):
            raise UsageProblem("--class, --target, --route, --source and --all filter the list; leave out the name")
        record = data.treatments[find_one(data, name, is_drug(data), "a drug")]
        payload = treatments.with_classes(data, record)

        def card(page: "Page") -> None:
            from pnetref.tables.card import treatment_page

            treatment_page(page, record, payload["for_class"], " ".join(name))

        _answer(data, {"drug": payload}, as_of, as_json, card)
        return
    records = treatments.drugs(data, **filters)
    if not records:
        raise NoMatch("no drug here passes all of these filters; leave one out")

    def table(page: "Page") -> None:
        from pnetref.tables.card import list_page

        list_page(page, records, "Drugs, drug classes and combinations")

    listed = [treatments.with_classes(data, r) if all_records else treatments.listed(r) for r in records]
    _answer(data, {"drugs": listed}, as_of, as_json, table)


@app.command(epilog="Example: pnetref compare sunitinib everolimus")
def compare(
    names: Names = None,
    field: Annotated[list[str] | None, typer.Option(metavar="FIELD", help="Only this field; repeatable.")] = None,
    only: Annotated[str | None, typer.Option(metavar="shared|different|serious", help="Only such rows.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Set drugs, classes or other treatments side by side."""
    from pnetref.compare import comparison, named
    from pnetref.dataset import load

    data = load()
    records = named(data, names or [])
    compared = comparison(data, records, fields=tuple(field or ()), only=only)

    def screen(page: "Page") -> None:
        from pnetref.tables.comparison import comparison_page

        comparison_page(page, records, compared, field or (), only)

    _answer(data, {"comparison": compared}, as_of, as_json, screen)


@app.command(epilog='Example: pnetref side-effects "mouth sores"')
def side_effects(
    names: Names = None,
    serious: Annotated[bool, typer.Option("--serious", help="Only what a source calls serious.")] = False,
    frequency: Annotated[str | None, typer.Option(metavar="FREQUENCY", help="Only what is so frequent.")] = None,
    system: Annotated[str | None, typer.Option(metavar="GROUP", help="Only a body group, such as gut.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show side effects of a treatment, or what causes an effect.

    Several treatments are set side by side; without a name, the vocabulary is shown.
    """
    from pnetref import side_effects as answers
    from pnetref.dataset import load

    data = load()
    if not names:
        if serious or frequency is not None:
            raise UsageProblem("--serious and --frequency filter the side effects of one treatment; name it")
        effects = answers.vocabulary(data, system)

        def words(page: "Page") -> None:
            from pnetref.tables.side_effects import vocabulary_page

            vocabulary_page(page, effects)

        _answer(data, {"effects": effects}, as_of, as_json, words)
        return
    records, effects = answers.named(data, names)
    filtered = serious or frequency is not None or system is not None
    if filtered and (effects or len(records) > 1):
        raise UsageProblem("--serious, --frequency and --system filter the side effects of one treatment")
    payload: dict[str, Any]
    screen: Callable[[Page], None]
    if len(records) == 1 and not effects:
        payload = answers.of_treatment(data, records[0], serious=serious, frequency=frequency, system=system)

        def screen(page: "Page") -> None:
            from pnetref.tables.side_effects import subject_page

            subject_page(page, records[0], payload, filtered=filtered, serious=serious)
    elif len(records) == 1 and len(effects) == 1:
        payload = answers.of_both(data, records[0], effects[0])

        def screen(page: "Page") -> None:
            from pnetref.tables.side_effects import both_page

            both_page(page, records[0], payload)
    elif not records and len(effects) == 1:
        payload = answers.of_effect(data, effects[0])

        def screen(page: "Page") -> None:
            from pnetref.tables.side_effects import effect_page

            effect_page(page, payload)
    elif not effects:
        from pnetref.compare import comparison

        compared = comparison(data, records, fields=("side_effects",))
        payload = {"comparison": compared}

        def screen(page: "Page") -> None:
            from pnetref.tables.comparison import comparison_page

            comparison_page(page, records, compared, ["side_effects"])
    else:
        raise UsageProblem("name treatments, or one side effect, or one treatment and one side effect")
    _answer(data, payload, as_of, as_json, screen)


@app.command(epilog="Example: pnetref cite sunitinib --format bibtex")
def cite(
    names: Names = None,
    form: Annotated[str | None, typer.Option("--format", metavar="|".join(_FORMATS), help="Print only this.")] = None,
    field: Annotated[str | None, typer.Option(metavar="FIELD", help="The sources of one field of a treatment.")] = None,
    effect: Annotated[
        str | None, typer.Option(metavar="EFFECT", help="The sources of one of its side effects.")
    ] = None,
    listed: Annotated[bool, typer.Option("--listed", help="The works that the source lists.")] = False,
    style: Annotated[str | None, typer.Option(metavar="FILE.csl", help="Format text in this CSL style.")] = None,
    output: Annotated[str | None, typer.Option(metavar="FILE", help="Write to a new file.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Let --output replace a file.")] = False,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Print references: of a source, a treatment or one fact.

    Without a name, every source is listed with its dates and its state.
    """
    from pnetref.cite import entry, wanted
    from pnetref.dataset import load
    from pnetref.output import as_of_day

    exported = form is not None or style is not None or output is not None
    if form is not None and form not in _FORMATS:
        raise UsageProblem(f"--format {form!r} is not one of: {', '.join(_FORMATS)}")
    if as_json and exported:
        raise UsageProblem("--json is a form of its own; leave out --format, --style and --output")
    if force and output is None:
        raise UsageProblem("--force lets --output replace a file; give --output FILE")
    if style is not None and form not in (None, "text"):
        raise UsageProblem("--style formats text; leave out --format")
    day = as_of_day(as_of)
    data = load()
    places = wanted(data, names or [], field=field, effect=effect, listed=listed)
    if exported:
        from pnetref.exports import formatted
        from pnetref.output import write_text

        write_text(formatted([data.sources[key] for key in places], form or "text", style), output, force=force)
        return
    entries = [entry(data, key, day, at) for key, at in places.items()]

    def screen(page: "Page") -> None:
        from pnetref.tables import sources

        (sources.references_page if names else sources.sources_page)(page, entries)

    _answer(data, {"references": entries}, as_of, as_json, screen)


@app.command(epilog="Example: pnetref treatment whipple")
def treatment(
    name: Names = None,
    setting: Annotated[
        str | None, typer.Option("--for", metavar="SETTING", help="What the sources give for a setting.")
    ] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show anything that treats, from surgery to supports.

    Without a name, the tree of all is shown, as the sources group it.
    """
    from pnetref import treatments
    from pnetref.dataset import load
    from pnetref.lookup import find_one, is_setting, is_treatment

    data = load()
    if name and setting is not None:
        raise UsageProblem("give the name of a treatment, or --for SETTING, not both")
    if name:
        record = data.treatments[find_one(data, name, is_treatment, "a treatment")]
        payload = treatments.with_classes(data, record)

        def card(page: "Page") -> None:
            from pnetref.tables.card import treatment_page

            treatment_page(page, record, payload["for_class"], " ".join(name))

        _answer(data, {"treatment": payload}, as_of, as_json, card)
    elif setting is not None:
        place = data.settings[find_one(data, [setting], is_setting, "a setting")]
        named = treatments.for_setting(data, place.id)

        def under(page: "Page") -> None:
            from pnetref.tables.guide import setting_page

            setting_page(page, place, named)

        _answer(data, {"setting": place, "treatments": named}, as_of, as_json, under)
    else:

        def tree(page: "Page") -> None:
            from pnetref.tables.guide import tree_page

            tree_page(page, data.treatments, treatments.roots(data))

        listed = [treatments.listed(data.treatments[key]) for key in data.treatments]
        _answer(data, {"treatments": listed}, as_of, as_json, tree)


@app.command(epilog="Example: pnetref guide questions sunitinib")
def guide(
    topic: Annotated[list[str] | None, typer.Argument(help="A topic, or: questions NAME.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show what sources say of deciding, team, sequence, help.

    guide questions NAME makes questions about a treatment, from its own facts and silences.
    """
    from pnetref import guide as answers
    from pnetref.dataset import load
    from pnetref.lookup import find_one, is_topic, is_treatment
    from pnetref.treatments import subject

    data = load()
    if not topic:
        topics = answers.topics(data)

        def contents(page: "Page") -> None:
            from pnetref.tables.guide import topics_page

            topics_page(page, topics)

        _answer(data, {"topics": topics}, as_of, as_json, contents)
    elif topic[0].casefold() == "questions":
        record = data.treatments[find_one(data, topic[1:], is_treatment, "a treatment")]
        asked = answers.questions(data, record)

        def ask(page: "Page") -> None:
            from pnetref.tables.guide import questions_page

            questions_page(page, record, asked)

        _answer(data, {"subject": subject(record), "questions": asked}, as_of, as_json, ask)
    else:
        found = data.topics[find_one(data, topic, is_topic, "a topic of the guide")]

        def show(page: "Page") -> None:
            from pnetref.tables.guide import topic_page

            topic_page(page, found)

        _answer(data, {"topic": found}, as_of, as_json, show)


@app.command(epilog='Example: pnetref search "wound healing"')
def search(
    words: Annotated[list[str] | None, typer.Argument(help="Words in either spelling, plain or clinical.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Search names, facts, side effects, trials and references."""
    from pnetref.dataset import load
    from pnetref.search import search as search_words

    data = load()
    hits, read_as = search_words(data, words or [])

    def screen(page: "Page") -> None:
        from pnetref.tables.guide import results_page

        results_page(page, hits, read_as)

    _answer(data, {"results": hits, "read_as": read_as}, as_of, as_json, screen)


@app.command(epilog="Example: pnetref trial radiant-3")
def trial(
    name: Names = None,
    drug: Annotated[str | None, typer.Option(metavar="NAME", help="Trials in which a treatment was given.")] = None,
    phase: Annotated[str | None, typer.Option(metavar="PHASE", help="Trials of a phase.")] = None,
    measure: Annotated[str | None, typer.Option(metavar="MEASURE", help="Trials with a result of a measure.")] = None,
    as_json: AsJson = False,
    as_of: AsOf = None,
) -> None:
    """Show one trial with its numbers; without a name, list them."""
    from pnetref import trials
    from pnetref.dataset import load
    from pnetref.lookup import find_one, is_trial

    data = load()
    filters = {"drug": drug, "phase": phase, "measure": measure}
    if name:
        if any(value is not None for value in filters.values()):
            raise UsageProblem("--drug, --phase and --measure filter the list; leave out the name")
        record = data.trials[find_one(data, name, is_trial, "a trial")]

        def one(page: "Page") -> None:
            from pnetref.tables.trial import trial_page

            trial_page(page, record)

        _answer(data, {"trial": record}, as_of, as_json, one)
        return
    found = trials.trials(data, **filters)

    def table(page: "Page") -> None:
        from pnetref.tables.trial import trials_page

        trials_page(page, found)

    _answer(data, {"trials": found}, as_of, as_json, table)


settings_app = typer.Typer(
    help="Show and change settings.",
    epilog="Example: pnetref config set terms plain",
    rich_markup_mode=None,
)
app.add_typer(settings_app, name="config", invoke_without_command=True)


def _print_settings(keys: "Iterable[str]", as_json: bool) -> None:
    from pnetref import config

    settings = config.effective(_flags)
    if as_json:
        from pnetref.output import write_json

        write_json({"settings": {key: settings[key]._asdict() for key in keys}, "path": config.path()})
    else:
        from pnetref.tables.sources import print_settings

        print_settings([settings[key] for key in keys], config.ALLOWED, config.path(), _look())


@settings_app.callback(invoke_without_command=True)
def show_settings(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every setting, its value, and where that comes from."""
    if context.invoked_subcommand is None:
        from pnetref import config

        _print_settings(config.ALLOWED, as_json)
    elif as_json:
        raise UsageProblem(f"--json goes last, as in: pnetref config {context.invoked_subcommand} … --json")


@settings_app.command("get", epilog="Example: pnetref config get terms")
def get_setting(key: str, as_json: AsJson = False) -> None:
    """Print the value of one setting."""
    from pnetref import config

    config.known(key)
    if as_json:
        _print_settings([key], as_json)
    else:
        print(config.effective(_flags)[key].value)  # noqa: T201


@settings_app.command("set", epilog="Example: pnetref config set terms plain")
def set_setting(key: str, value: str, as_json: AsJson = False) -> None:
    """Write one setting to the settings file."""
    from pnetref import config

    config.store(key, value)
    if as_json:
        _print_settings([key], as_json)


@settings_app.command("unset", epilog="Example: pnetref config unset terms")
def unset_setting(key: str, as_json: AsJson = False) -> None:
    """Take one setting out of the settings file."""
    from pnetref import config

    config.remove(key)
    if as_json:
        _print_settings([key], as_json)


@settings_app.command("path", epilog="Example: pnetref config path")
def settings_path(as_json: AsJson = False) -> None:
    """Print the path of the settings file."""
    from pnetref import config

    if as_json:
        _print_settings((), as_json)
    else:
        print(config.path())  # noqa: T201


def main() -> None:
    """Run the command line; end with the exit code that says what happened."""
    try:
        code = app(prog_name="pnetref", standalone_mode=False)
        sys.stdout.flush()
    except Problem as problem:
        code = _fail(problem)
    except typer.TyperException as error:
        code = _fail(UsageProblem(_with_remedy(" ".join(error.format_message().split()))))
    except (KeyboardInterrupt, typer.Abort):
        code = 130
    except BrokenPipeError:
        code = _closed_output()
    except SystemExit as ended:  # Typer ends so where the reader has gone away, and after completing a word
        code = _closed_output() if isinstance(ended.__context__, OSError) else ended.code
    except OSError as error:
        code = _fail(OutputProblem(f"the answer cannot be printed: {error.strerror}; it is not whole"))
        _closed_output()
    raise SystemExit(code or 0)


def run() -> None:
    """Run as a program: nothing collects garbage, nothing is taken apart at the end; both cost a look-up its time."""
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there are none, and looking for them takes time
    for name in ("stdout", "stderr"):  # a closed one is None
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the end
    try:
        main()
    except SystemExit as ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(ended.code if isinstance(ended.code, int) else 1)


def _with_remedy(message: str) -> str:
    """Say where an option stands that was given in the wrong place; else where the help is."""
    if "--json" in message:
        return "--json goes after the command, as in: pnetref drug sunitinib --json"
    for name in _flags:
        if f"--{name}" in message:
            return f"--{name} goes before the command, as in: pnetref --{name} VALUE drug sunitinib"
    return f"{message} See pnetref --help."


def _fail(problem: Problem) -> int:
    from pnetref.output import write_problem

    arguments = sys.argv[1:]
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    write_problem(problem, as_json="--json" in options)
    return problem.exit_code


def _closed_output() -> int:
    """Send what is still to be printed nowhere: the reader has gone away, or the disk is full."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
