# SPDX-License-Identifier: GPL-3.0-or-later
"""A plain client of the portal's API, for tests: urllib, TLS with the portal's own authority."""

import http.client
import json
import ssl
import urllib.parse
import uuid


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def content_type(self):
        return (self.headers.get('Content-Type') or '').partition(';')[0]

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f'<{self.status} {self.content_type} {self.body[:300]!r}>'


def encode_multipart(parts):
    """parts: (name, content type, bytes[, file name]).  Returns the content type and the body."""
    boundary = uuid.uuid4().hex
    body = b''
    for name, content_type, data, *file_name in parts:
        disposition = f'form-data; name="{name}"' + ''.join(f'; filename="{word}"' for word in file_name)
        body += (f'--{boundary}\r\nContent-Disposition: {disposition}\r\n'
                 f'Content-Type: {content_type}\r\n\r\n').encode() + data + b'\r\n'
    return f'multipart/form-data; boundary={boundary}', body + f'--{boundary}--\r\n'.encode()


class HttpsClient:
    def __init__(self, url, ca_file):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.context = ssl.create_default_context(cafile=ca_file)

    def send(self, method, url, body=None, headers=None):
        connection = http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=60)
        try:
            connection.request(method, url, body=body, headers=headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


class PortalClient(HttpsClient):
    def __init__(self, url, ca_file, token=None, language='uk'):
        super().__init__(url, ca_file)
        self.token, self.language = token, language

    def call(self, method, path, body=None, headers=None, query=None, token=True):
        """One call; path is what follows /api/v1/."""
        all_headers = {'Accept-Language': self.language}
        if token and self.token:
            all_headers['Authorization'] = f'Bearer {self.token}'
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            all_headers['Content-Type'] = 'application/json'
        all_headers.update(headers or {})
        url = '/api/v1/' + path
        if query:
            url += '?' + urllib.parse.urlencode(query)
        return self.send(method, url, body, all_headers)

    def get(self, path, **kwargs):
        return self.call('GET', path, **kwargs)

    def sign_in(self, user, password):
        answer = self.call('POST', 'session', {'user_name': user, 'password': password}, token=False)
        if answer.status == 201:
            self.token = answer.json()['token']
        return answer

    def post(self, path, body=None, key=None, headers=None):
        headers = dict(headers or {})
        headers.setdefault('Idempotency-Key', key or str(uuid.uuid4()))
        return self.call('POST', path, {} if body is None else body, headers)

    def upload(self, path, part, description, files=(), key=None, headers=None):
        """files: (field id or None, name, content type, bytes, or the hash and the size of what has come before)"""
        described, parts = [], []
        for i, (field_id, name, content_type, data) in enumerate(files):
            entry = {'part': f'file-{i}', 'name': name, 'content_type': content_type}
            if field_id:
                entry['field_id'] = field_id
            if isinstance(data, tuple):
                entry['sha256'], entry['size'] = data
            else:
                entry['size'] = len(data)
                parts.append((f'file-{i}', content_type, data))
            described.append(entry)
        description = {**description, 'attachments': described}
        content_type, body = encode_multipart(
            [(part, 'application/json', json.dumps(description).encode()), *parts])
        headers = {'Content-Type': content_type, 'Idempotency-Key': key or str(uuid.uuid4()),
                   **(headers or {})}
        return self.call('POST', path, body, headers)

    def submit(self, offering_id, answers, files=(), key=None, **more):
        version = self.get(f'offerings/{offering_id}/form').json()['version']
        return self.upload('requests', 'request',
                           {'offering_id': offering_id, 'form_version': version, 'answers': answers, **more},
                           files, key)

    def reply(self, request_id, text, files=(), key=None):
        return self.upload(f'requests/{request_id}/messages', 'message', {'text': text}, files, key)
