# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/portal-api.yaml as something that answers can be held against."""

import copy
import json
import re

import jsonschema
import yaml

METHODS = ('get', 'post', 'put', 'patch', 'delete')


class Mismatch(AssertionError):
    pass


def make_strict(schema):
    """Members that the document does not name are a fault of the server's here."""
    if isinstance(schema, dict):
        schema = {key: make_strict(value) for key, value in schema.items()}
        if 'properties' in schema and schema.get('type') == 'object':
            schema.setdefault('additionalProperties', False)
    elif isinstance(schema, list):
        schema = [make_strict(item) for item in schema]
    return schema


class ApiDocument:
    def __init__(self, path):
        self.root = yaml.safe_load(path.read_text())
        self.strict = make_strict(copy.deepcopy(self.root))
        self.strict['$schema'] = 'https://json-schema.org/draft/2020-12/schema'
        self.resolver = jsonschema.RefResolver('', self.strict)
        self.operations = {}
        self.seen = set()
        for template, item in self.strict['paths'].items():
            pattern = re.compile(re.sub(r'\{\w+\}', '[^/]+', template) + '$')
            for method in METHODS:
                if method in item:
                    operation = item[method]
                    self.operations[operation['operationId']] = (method.upper(), template, pattern, operation)

    def resolve(self, node):
        while '$ref' in node:
            node = self.resolver.resolve(node['$ref'])[1]
        return node

    def validate(self, instance, schema, what):
        validator = jsonschema.Draft202012Validator(schema, resolver=self.resolver)
        for error in validator.iter_errors(instance):
            path = '/'.join(map(str, error.absolute_path))
            raise Mismatch(f'{what}: {path}: {error.message}')

    def check_itself(self):
        """The schemas are schemas, and the examples are examples of them."""
        for name, schema in self.root['components']['schemas'].items():
            jsonschema.Draft202012Validator.check_schema(schema)
        n_examples = 0
        for name, (_, _, _, operation) in self.operations.items():
            contents = [self.resolve(response).get('content', {})
                        for response in operation['responses'].values()]
            contents.append(operation.get('requestBody', {}).get('content', {}))
            for content in contents:
                for media in content.values():
                    if 'example' in media:
                        self.validate(media['example'], media['schema'], f'the example of {name}')
                        n_examples += 1
        return n_examples

    def find(self, method, path):
        for name, (own_method, _, pattern, operation) in self.operations.items():
            if own_method == method and pattern.match('/' + path):
                return name, operation
        return None, None

    def check_request(self, method, path, body, content_type):
        """What the test sends in calls that succeed is as documented, too."""
        name, operation = self.find(method, path)
        if 'requestBody' not in operation or content_type != 'application/json':
            return
        schema = operation['requestBody']['content']['application/json']['schema']
        self.validate(json.loads(body), schema, f'what {name} was sent')

    def check_headers(self, name, response, answer):
        for header, about in response.get('headers', {}).items():
            about = self.resolve(about)
            value = answer.headers.get(header)
            if value is None:
                if about.get('required'):
                    raise Mismatch(f'{name} {answer.status}: no {header}')
            else:
                self.validate(value, about['schema'], f'{name} {answer.status}, {header}')

    def check_answer(self, method, path, answer):
        name, operation = self.find(method, path)
        if operation is None:
            raise Mismatch(f'{method} {path} is not in the document')
        response = operation['responses'].get(str(answer.status))
        if response is None:
            raise Mismatch(f'{name} answered {answer!r}, which is not documented')
        response = self.resolve(response)
        self.seen.add((name, str(answer.status)))
        self.check_headers(name, response, answer)
        content = response.get('content', {})
        if not content:
            if answer.body:
                raise Mismatch(f'{name} {answer.status}: there should be no body')
            return
        kinds = (answer.content_type, answer.content_type.partition('/')[0] + '/*', '*/*')
        media = next((content[kind] for kind in kinds if kind in content), None)
        if media is None:
            raise Mismatch(f'{name} {answer.status}: {answer.content_type} is not documented')
        if 'json' in answer.content_type and 'json' in next(iter(content)):
            self.validate(answer.json(), media['schema'], f'{name} {answer.status}')
        if answer.content_type == 'application/problem+json' and answer.json()['status'] != answer.status:
            raise Mismatch(f'{name}: the status in the problem is another')

    def missing(self):
        """Documented answers that were never seen."""
        documented = {(name, status) for name, (_, _, _, operation) in self.operations.items()
                      for status in operation['responses']}
        return sorted(documented - self.seen)
