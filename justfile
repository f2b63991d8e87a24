# The developers' commands. `.venv/bin/just` lists them.

python := ".venv/bin/python"

[private]
default:
    @{{ just_executable() }} --list

# what the change since main touches: format, lint, types, contracts, migrations, the nearest of its tests on SQLite: four minutes
[group('check')]
check *STEPS:
    {{ python }} tools/checks.py --touched {{ STEPS }}

# everything that CI runs
[group('check')]
test *STEPS:
    ./test {{ STEPS }}

# everything long: survey tests, kills, benchmarks; writes docs/survey.md
[group('check')]
survey *NAMES:
    {{ python }} tools/survey.py {{ NAMES }}

# a command with a throwaway PostgreSQL: just postgres pytest nhipcau/audit
[group('check')]
postgres +COMMAND:
    {{ python }} tools/postgres.py {{ python }} -m {{ COMMAND }}

# everything that a machine can repair
[group('write')]
fix:
    .venv/bin/ruff check --fix --quiet . || true
    .venv/bin/ruff format --quiet .

# gather the interface's sentences into nhipcau/locale
[group('write')]
messages:
    {{ python }} tools/catalogues.py

# a new decision record: just adr "Files are kept by their content"
[group('write')]
adr TITLE:
    {{ python }} tools/adr.py "{{ TITLE }}"

# the sample province on this machine
[group('run')]
up *ARGUMENTS:
    ./run {{ ARGUMENTS }}
