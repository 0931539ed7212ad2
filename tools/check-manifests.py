#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the Flatpak manifest and the description of the portal API."""

import json
import pathlib
import re
import subprocess
import sys

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
METHODS = ('get', 'put', 'post', 'delete', 'patch', 'head', 'options')
faults = []


# What the program may reach from its sandbox; more is a decision, not a slip.
PERMISSIONS = (r'--share=(network|ipc)', r'--socket=(wayland|fallback-x11)', r'--device=dri',
               r'--talk-name=org\.freedesktop\.secrets', r'--filesystem=host-etc:ro', r'--env=HELPDESK_\w+=\S+')
NEEDED = ('runtime', 'runtime-version', 'sdk', 'command', 'finish-args', 'modules')


def check_manifest(name, manifest):
    for key in NEEDED:
        if not manifest.get(key):
            faults.append(f'{name}: no {key}')
    for argument in manifest.get('finish-args') or ():
        if not any(re.fullmatch(permission, argument) for permission in PERMISSIONS):
            faults.append(f'{name}: {argument} is not among what the program needs')


def check_flatpak():
    for path in sorted(ROOT.glob('flatpak/*.yml')):
        manifest = yaml.safe_load(path.read_text())
        if manifest.get('id') != path.stem:
            faults.append(f'{path.name}: the id is {manifest.get("id")}')
        check_manifest(path.name, manifest)
        shown = subprocess.run(['flatpak-builder', '--show-manifest', str(path)],
                               capture_output=True, text=True)
        if shown.returncode != 0 or json.loads(shown.stdout).get('command') != 'helpdesk':
            faults.append(f'{path.name}: {shown.stderr.strip() or "it does not start helpdesk"}')


def follow(api, reference):
    """What "#/components/schemas/Request" means."""
    node = api
    for part in reference.removeprefix('#/').split('/'):
        node = node[part.replace('~1', '/').replace('~0', '~')]
    return node


def check_references(api, node, where):
    if isinstance(node, dict):
        if isinstance(node.get('$ref'), str):
            try:
                follow(api, node['$ref'])
            except (KeyError, TypeError):
                faults.append(f'{where}: {node["$ref"]} is nowhere')
        for key, value in node.items():
            check_references(api, value, f'{where}/{key}')
    elif isinstance(node, list):
        for i, value in enumerate(node):
            check_references(api, value, f'{where}/{i}')


def check_operations(api):
    names = set()
    for path, item in api['paths'].items():
        for method in METHODS:
            operation = item.get(method)
            if operation is None:
                continue
            name = operation.get('operationId')
            if not name or name in names:
                faults.append(f'{method} {path}: operationId {name} is missing or taken')
            names.add(name)
            if not operation.get('responses'):
                faults.append(f'{method} {path}: no responses')


def check_api():
    path = ROOT / 'docs/portal-api.yaml'
    api = yaml.safe_load(path.read_text())
    if not str(api.get('openapi')).startswith('3.1.'):
        faults.append(f'{path.name}: not OpenAPI 3.1')
    for key in ('title', 'version'):
        if key not in api.get('info', {}):
            faults.append(f'{path.name}: no info.{key}')
    check_references(api, api, path.name)
    check_operations(api)
    for name, schema in api.get('components', {}).get('schemas', {}).items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            faults.append(f'{path.name}: {name}: {error.message}')


check_flatpak()
check_api()
print('\n'.join(faults))
sys.exit(1 if faults else 0)
