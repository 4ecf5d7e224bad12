import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue } from '../src/catalogue.js';
import { check } from '../src/check.js';
import { Description } from '../src/model/description.js';
import { read } from './files.js';
import { sourcesInMemory } from './sources-in-memory.js';

test('generated: the message of each rule for its violation', () => {
  const messages = catalogue.map((rule) => {
    const { root, reader } = sourcesInMemory(parse(read(`examples/${rule.id}/violation.yaml`)));
    const findings = check(rule, new Description(root, reader));
    return findings.map(({ message }) => `${rule.id}: ${message}`).join('\n');
  });
  expect(messages.join('\n')).toMatchSnapshot();
});

test.each([
  [
    'entity-tag-schema',
    'ETag',
    { type: 'string', format: 'uuid' },
    'Expected no format uuid in the ETag header of GET /a: an entity-tag has quotation marks around it, which the format does not allow (RFC 9110 §8.8.3).',
  ],
  [
    'http-date-schema',
    'Last-Modified',
    { type: 'integer' },
    'Expected type string instead of integer in the Last-Modified header of GET /a: an HTTP-date is a string (RFC 9110 §5.6.7).',
  ],
])('%s has another message for another kind of violation', (id, name, schema, message) => {
  const responses = { 200: { description: 'ok', headers: { [name]: { schema } } } };
  const { root, reader } = sourcesInMemory({ openapi: '3.1.2', paths: { '/a': { get: { responses } } } });
  const findings = catalogue
    .filter((rule) => rule.id === id)
    .flatMap((rule) => check(rule, new Description(root, reader)));
  expect(findings.map((finding) => finding.message)).toEqual([message]);
});
