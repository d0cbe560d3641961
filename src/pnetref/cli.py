"""The command line: the grammar of each command, and one call of its answer."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from pnetref import __version__
from pnetref.errors import UsageProblem
from pnetref.options import Answering, Exporting, Form, Program, form_of, narrow

app = typer.Typer(
    name="pnetref",
    help="A cited, offline reference on the treatment of pancreatic neuroendocrine tumors (pNET). Never advice.",
    cls=Program,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,  # it asks Typer at every TAB, and needs to know which shell runs; see completion below
    context_settings={"help_option_names": ["-h", "--help"], "terminal_width": narrow()},
)


def grammar_of(whole: typer.Typer, words: list[str]) -> typer.Typer:
    """Give the grammar with the command alone that ``words`` begin with: Typer makes the options of all it is given."""
    named = [one for one in whole.registered_commands if one.callback and [_name(one.callback)] == words]
    if not named:
        return whole
    one = copy.copy(whole)
    one.registered_commands, one.registered_groups = named, []
    return one


def _name(command: Callable[..., object]) -> str:
    return command.__name__.replace("_", "-")


Names = Annotated[list[str] | None, typer.Argument(help="Names in any case and spelling; quotes are not needed.")]
Fields = Annotated[
    list[str] | None, typer.Option("--field", metavar="FIELD", help="Only this field or part; repeatable.")
]
Filter = str | None


def _version(wanted: bool) -> None:
    if wanted:
        from pnetref.stored import Packaged

        print(f"pnetref {__version__}, data {Packaged().manifest.data_version}")  # noqa: T201 - the version is the output
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the versions of package and data."),
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check the packaged data: every file, record and rule.")
    ] = False,
) -> None:
    """Take the options of the program itself; without a command, print the help."""
    del version  # its callback has answered
    if check:
        if context.invoked_subcommand is not None or form_of(context)._replace(settings={}) != Form():
            raise UsageProblem("--check stands alone: it checks all of the data, and its exit code is the answer")
        from pnetref import checking

        checking.report()
    elif context.invoked_subcommand is None:
        print(context.get_help())  # noqa: T201 - the help is the output


@app.command(cls=Answering, epilog="Example: pnetref drug sunitinib")
def drug(
    context: typer.Context,
    name: Names = None,
    field: Fields = None,
    in_class: Annotated[Filter, typer.Option("--class", metavar="CLASS", help="List the drugs of a class.")] = None,
    target: Annotated[Filter, typer.Option(metavar="TARGET", help="List the drugs that act on a target.")] = None,
    route: Annotated[Filter, typer.Option(metavar="ROUTE", help="List the drugs taken by a route.")] = None,
    source: Annotated[Filter, typer.Option(metavar="ID", help="List the drugs that a source speaks of.")] = None,
    full: Annotated[bool, typer.Option("--all", help="With --json: full records instead of a list.")] = False,
) -> None:
    """Show one drug, class or combination; without a name, all."""
    from pnetref.answers import treatment as answers
    from pnetref.formats import order, respond

    wanted = order(form_of(context))
    filtered = partial(answers.drug, in_class=in_class, target=target, route=route, source=source)
    respond(partial(filtered, wanted.data, fields=field or (), full=full), name, wanted)


@app.command(cls=Answering, epilog="Example: pnetref compare sunitinib everolimus")
def compare(
    context: typer.Context,
    names: Names = None,
    field: Fields = None,
    only: Annotated[Filter, typer.Option(metavar="ROWS", help="Only shared, different or serious.")] = None,
) -> None:
    """Set drugs, classes or other treatments side by side."""
    from pnetref.answers import comparison
    from pnetref.formats import give, order

    wanted = order(form_of(context))
    give(comparison.compare(wanted.data, names or (), fields=field or (), only=only), wanted)


@app.command(cls=Answering, epilog='Example: pnetref side-effects "mouth sores"')
def side_effects(
    context: typer.Context,
    names: Names = None,
    serious: Annotated[bool, typer.Option("--serious", help="Only what a source calls serious.")] = False,
    frequency: Annotated[Filter, typer.Option(metavar="FREQUENCY", help="Only what is so frequent.")] = None,
    system: Annotated[Filter, typer.Option(metavar="GROUP", help="Only a body group, such as gut.")] = None,
) -> None:
    """Show side effects of a treatment, or what causes an effect.

    Several treatments are set side by side; without a name, the vocabulary is shown.
    """
    from pnetref.answers import side_effects as answers
    from pnetref.formats import order, respond

    wanted = order(form_of(context))
    filtered = partial(answers.side_effects, serious=serious, frequency=frequency, system=system)
    respond(partial(filtered, wanted.data), names, wanted)


@app.command(cls=Answering, epilog="Example: pnetref cite sunitinib --format bibtex")
def cite(
    context: typer.Context,
    names: Names = None,
    field: Annotated[Filter, typer.Option(metavar="FIELD", help="The sources of one field of a treatment.")] = None,
    effect: Annotated[Filter, typer.Option(metavar="EFFECT", help="The sources of one of its side effects.")] = None,
    listed: Annotated[bool, typer.Option("--listed", help="The works that the source lists.")] = False,
    style: Annotated[
        Filter, typer.Option(metavar="STYLE", help="Format text in this CSL style: a file, or ama, apa, …")
    ] = None,
) -> None:
    """Print references: of a source, a treatment or one fact.

    Without a name, every source is listed with its dates and its state.
    --format also takes text, bibtex, ris and csl-json.
    """
    from pnetref.answers import references
    from pnetref.formats import order, respond

    wanted = order(form_of(context, style), references=True)
    filtered = partial(references.cite, field=field, effect=effect, listed=listed)
    respond(partial(filtered, wanted.data, as_of=wanted.day), names, wanted)


@app.command(cls=Answering, epilog="Example: pnetref treatment whipple")
def treatment(
    context: typer.Context,
    name: Names = None,
    field: Fields = None,
    setting: Annotated[
        Filter, typer.Option("--for", metavar="SETTING", help="What the sources give for a setting.")
    ] = None,
) -> None:
    """Show anything that treats, from surgery to supports.

    Without a name, the tree of all is shown, as the sources group it.
    """
    from pnetref.answers import treatment as answers
    from pnetref.formats import give, order

    wanted = order(form_of(context))
    give(answers.treatment(wanted.data, name or (), fields=field or (), setting=setting), wanted)


@app.command(cls=Answering, epilog="Example: pnetref guide questions sunitinib")
def guide(
    context: typer.Context,
    topic: Annotated[list[str] | None, typer.Argument(help="A topic, or: questions NAME.")] = None,
) -> None:
    """Show what sources say of deciding, team, sequence, help.

    guide questions NAME makes questions about a treatment, from its own facts and silences.
    """
    from pnetref.answers import guide as answers
    from pnetref.formats import give, order

    wanted = order(form_of(context))
    give(answers.guide(wanted.data, topic or ()), wanted)


@app.command(cls=Answering, epilog='Example: pnetref search "wound healing"')
def search(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(help="Words in either spelling, plain or clinical.")] = None,
) -> None:
    """Search names, facts, side effects, trials and references."""
    from pnetref.answers import search as answers
    from pnetref.formats import give, order

    wanted = order(form_of(context))
    give(answers.search(wanted.data, words or ()), wanted)


@app.command(cls=Answering, epilog="Example: pnetref trial radiant-3")
def trial(
    context: typer.Context,
    name: Names = None,
    drug: Annotated[Filter, typer.Option(metavar="NAME", help="Trials in which a treatment was given.")] = None,
    phase: Annotated[Filter, typer.Option(metavar="PHASE", help="Trials of a phase.")] = None,
    measure: Annotated[Filter, typer.Option(metavar="MEASURE", help="Trials with a result of a measure.")] = None,
) -> None:
    """Show one trial with its numbers; without a name, list them."""
    from pnetref.answers import trial as answers
    from pnetref.formats import give, order

    wanted = order(form_of(context))
    give(answers.trial(wanted.data, name or (), drug=drug, phase=phase, measure=measure), wanted)


@app.command(cls=Exporting, epilog="Example: pnetref export pnetref-data")
def export(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Write the whole data as tidy tables: CSV and JSON Lines.

    datapackage.json describes every column and key; docs/data.md says how to use them.
    """
    from pnetref.formats import export as exports

    exports.export(form_of(context), folder)


@app.command(epilog="Example: pnetref completion bash")
def completion(
    shell: Annotated[str | None, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")] = None,
) -> None:
    """Print the script that completes names at TAB in a shell.

    It completes commands, options, their values, and the names themselves. To install it:

    bash, in ~/.bashrc: eval "$(pnetref completion bash)"

    zsh, at the end of ~/.zshrc: eval "$(pnetref completion zsh)"

    fish: pnetref completion fish > ~/.config/fish/completions/pnetref.fish
    """
    from pnetref import output, shells

    output.write(shells.script(shell))


settings_app = typer.Typer(
    help="Show and change settings.",
    epilog="Example: pnetref config set terms plain",
    rich_markup_mode=None,
)
app.add_typer(settings_app, name="config", invoke_without_command=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@settings_app.callback(invoke_without_command=True)
def show_settings(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every setting, its value, and where that comes from."""
    from pnetref.formats import settings

    form = form_of(context)
    if context.invoked_subcommand is None:
        settings.show(form, as_json=as_json or form.json)
    elif as_json:
        raise UsageProblem(f"--json goes last, as in: pnetref config {context.invoked_subcommand} … --json")


@settings_app.command("get", epilog="Example: pnetref config get terms")
def get_setting(context: typer.Context, key: str, as_json: AsJson = False) -> None:
    """Print the value of one setting."""
    from pnetref.formats import settings

    form = form_of(context)
    settings.show_one(form, key, as_json=as_json or form.json)


@settings_app.command("set", epilog="Example: pnetref config set terms plain")
def set_setting(context: typer.Context, key: str, value: str, as_json: AsJson = False) -> None:
    """Write one setting to the settings file."""
    from pnetref import config
    from pnetref.formats import settings

    config.store(key, value)
    form = form_of(context)
    if as_json or form.json:
        settings.show_one(form, key, as_json=True)


@settings_app.command("unset", epilog="Example: pnetref config unset terms")
def unset_setting(context: typer.Context, key: str, as_json: AsJson = False) -> None:
    """Take one setting out of the settings file."""
    from pnetref import config
    from pnetref.formats import settings

    config.remove(key)
    form = form_of(context)
    if as_json or form.json:
        settings.show_one(form, key, as_json=True)


@settings_app.command("path", epilog="Example: pnetref config path")
def settings_path(context: typer.Context, as_json: AsJson = False) -> None:
    """Print the path of the settings file."""
    from pnetref.formats import settings

    settings.show_path(as_json=as_json or form_of(context).json)
