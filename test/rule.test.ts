import { describe, expect, test } from 'vitest';
import { check } from '../src/check.js';
import type { Grammar } from '../src/grammar/grammar.js';
import { rfc9110 } from '../src/guidelines/rfc9110.js';
import { fixTitle } from '../src/message.js';
import { Description } from '../src/model/description.js';
import type { Operation } from '../src/model/operation.js';
import { absent, type FixKind, matches, type Obligation, present } from '../src/obligation.js';
import type { Rule } from '../src/rule.js';
import { sourcesInMemory } from './sources-in-memory.js';

function ruleThat(obligations: (operation: Operation) => Iterable<Obligation>): Rule {
  return {
    id: 'rule',
    summary: '',
    rationale: '',
    exceptions: '',
    cites: [rfc9110.must('13.1.2'), rfc9110.should('13.1.2'), rfc9110.may('13.1.1', 'states', 'If-Match')],
    aspects: ['If-Match'],
    fix: 'none',
    obligations,
  };
}

const ok = { description: 'ok', headers: { ETag: {} } };

function find(obligations: (operation: Operation) => Iterable<Obligation>, paths: unknown, components: unknown = {}) {
  const { root, reader } = sourcesInMemory({ openapi: '3.1.2', paths, components });
  return check(ruleThat(obligations), new Description(root, reader));
}

describe('a message', () => {
  const reason = { because: 'so it is' };
  const messageOf = (
    violation: (operation: Operation) => Obligation,
    paths: unknown = { '/a': { get: { responses: { 200: ok } } } },
  ) => find((operation) => [violation(operation)], paths).map(({ message }) => message);

  test('names the missing value, the operation, the reason, and each source once', () => {
    expect(messageOf((operation) => present(operation.place.child('x'), () => 1, { noun: 'an x', ...reason }))).toEqual(
      ['Expected an x on GET /a: so it is (RFC 9110 §13.1.2).'],
    );
  });

  test('names the value to remove, its place, and the sources for this aspect of the rule', () => {
    const wording = { noun: 'description', part: '200 response', on: 'If-Match', ...reason };
    expect(messageOf((operation) => absent(operation.responsePlace('200').child('description'), wording))).toEqual([
      'Expected no description in the 200 response of GET /a: so it is (RFC 9110 §13.1.2, RFC 9110 §13.1.1).',
    ]);
  });

  test('uses the text of the obligation, and names the place', () => {
    const wording = { noun: 'operation', fault: 'Odd', whereInWords: 'somewhere', ...reason };
    expect(messageOf(({ place }) => absent(place, wording))).toEqual([
      'Odd operation somewhere: so it is (RFC 9110 §13.1.2).',
    ]);
  });

  const nothing: Grammar = { noun: 'thing', accepts: () => false, repair: () => undefined };
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const circle: Record<string, unknown> = {};
  circle['circle'] = circle;

  test.each([
    ['text', 'text'],
    [' two\n  lines\t', 'two lines'],
    ['', '(nothing)'],
    [' \n', '(nothing)'],
    ['x'.repeat(40), 'x'.repeat(40)],
    ['x'.repeat(41), `${'x'.repeat(39)}…`],
    [5, '5'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    [Array.from({ length: 100 }, (_, index) => index), '[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,…'],
    [cyclic, '[…]'],
    [circle, '{"circle":…}'],
  ])('shows %s in a readable form', (value, shown) => {
    const paths = { '/a': { get: { 'x-value': value, responses: { 200: ok } } } };
    expect(messageOf(({ place }) => matches(place.child('x-value'), nothing, reason), paths)).toEqual([
      `Malformed thing ${shown} on GET /a: so it is (RFC 9110 §13.1.2).`,
    ]);
  });

  test.each([
    ['"'.padEnd(60, 'a'), 60, `…${'a'.repeat(39)}`],
    [`"${'a'.repeat(30)} ${'b'.repeat(60)}"`, 31, `…${'a'.repeat(19)} ${'b'.repeat(18)}…`],
    [`"a", ${'b'.repeat(60)}`, 5, `"a", ${'b'.repeat(34)}…`],
    [`"${'😀'.repeat(60)}`, 121, `…${'😀'.repeat(39)}`],
    [`  "${'a'.repeat(60)}\n`, 3, `"${'a'.repeat(38)}…`],
    ['"a', 2, '"a'],
  ])('shows the part of %s around its error, at character %i', (value, fault, shown) => {
    const paths = { '/a': { get: { 'x-value': value, responses: { 200: ok } } } };
    const grammar = { ...nothing, faultIn: () => fault };
    expect(messageOf(({ place }) => matches(place.child('x-value'), grammar, reason), paths)).toEqual([
      `Malformed thing ${shown} on GET /a: so it is (RFC 9110 §13.1.2).`,
    ]);
  });

  test('describes the error in a value, and suggests the right one', () => {
    const paths = { '/a': { get: { 'x-value': 1, responses: { 200: ok } } } };
    const messagesFor = (grammar: Grammar) =>
      messageOf(({ place }) => matches(place.child('x-value'), grammar, { fault: 'Odd', ...reason }), paths);
    expect(messagesFor(nothing)).toEqual(['Odd thing 1 on GET /a: so it is (RFC 9110 §13.1.2).']);
    expect(messagesFor({ ...nothing, repair: () => 2 })).toEqual([
      'Expected thing 2 instead of 1 on GET /a: so it is (RFC 9110 §13.1.2).',
    ]);
  });
});

describe('a finding', () => {
  const wording = { noun: 'x', because: 'so it is' };
  const shared = { responses: { Ok: ok } };
  const get = { get: { responses: { 200: { $ref: '#/components/responses/Ok' } } } };
  const headerAt = 'responses/412/headers/ETag';
  const header = (operation: Operation) => operation.responsePlace('200').child('headers').child('ETag');

  test('in a shared part is reported once, with the violations of all operations', () => {
    const part = { ...wording, part: '200 response' };
    const findings = find((operation) => [absent(header(operation), part)], { '/a': get, '/b': get }, shared);
    expect(findings.map(({ message, place }) => [message, place.path.join('/')])).toEqual([
      ['Expected no x in this 200 response: so it is (RFC 9110 §13.1.2).', 'components/responses/Ok/headers/ETag'],
    ]);
    expect(findings[0]?.violations.map(({ operation }) => operation.label)).toEqual(['GET /a', 'GET /b']);
  });

  test('on an operation points inside it, at the reference that leads out of it', () => {
    const findings = find((operation) => [absent(header(operation), wording)], { '/a': get, '/b': get }, shared);
    expect(findings.map(({ message, place }) => [message, place.path.join('/')])).toEqual([
      ['Expected no x on GET /a: so it is (RFC 9110 §13.1.2).', 'paths//a/get/responses/200'],
      ['Expected no x on GET /b: so it is (RFC 9110 §13.1.2).', 'paths//b/get/responses/200'],
    ]);
  });

  test('points at the nearest place with a value, or where its obligation says', () => {
    const missing = (operation: Operation) => operation.place.child('x').child('y');
    const pointsAt = (violation: (operation: Operation) => Obligation) =>
      find((operation) => [violation(operation)], { '/a': get }, shared).map(({ place }) => place.path.join('/'));
    expect(pointsAt((operation) => present(missing(operation), () => 1, wording))).toEqual(['paths//a/get']);
    expect(
      pointsAt((operation) => present(missing(operation), () => 1, { ...wording, pointsAt: header(operation) })),
    ).toEqual(['components/responses/Ok/headers/ETag']);
  });

  test('on a value inherited from the path item points at the operation', () => {
    const parameter = { name: 'If-Range', in: 'header' };
    const inherited = (operation: Operation) => absent(operation.takes('If-Range')?.entry ?? operation.place, wording);
    const findings = find((operation) => [inherited(operation)], { '/a': { parameters: [parameter], ...get } }, shared);
    expect(findings.map(({ place }) => place.path.join('/'))).toEqual(['paths//a/get']);
  });

  test.each([
    ['a response component', { responses: { 412: { $ref: '#/components/responses/Ok' } } }, 'responses/412'],
    [
      'a response component that is itself a reference',
      { responses: { 412: { $ref: '#/components/responses/Again' } } },
      'responses/412',
    ],
    ['the object of all responses', { responses: { $ref: '#/components/x-responses' } }, 'responses'],
    [
      'a header component',
      { responses: { 412: { headers: { ETag: { $ref: '#/components/headers/Tag' } } } } },
      headerAt,
    ],
  ])('points at the reference to %s', (_, operation, at) => {
    const components = {
      responses: { ...shared.responses, Again: { $ref: '#/components/responses/Ok' } },
      'x-responses': { 412: ok },
      headers: { Tag: {} },
    };
    const part = (found: Operation) => found.response('412')?.header('ETag')?.place ?? found.place;
    const findings = find((found) => [absent(part(found), wording)], { '/a': { put: operation } }, components);
    expect(findings.map(({ place }) => place.path.join('/'))).toEqual([`paths//a/put/${at}`]);
  });

  test('has the strictest fix kind of its rule and its obligations', () => {
    const kinds = (fix: Rule['fix'], ofObligation?: FixKind) => {
      const { root, reader } = sourcesInMemory({ openapi: '3.1.2', paths: { '/a': get }, components: shared });
      const stricter = ofObligation && { fix: ofObligation };
      const rule = { ...ruleThat(({ place }) => [absent(place, { ...wording, ...stricter })]), fix };
      return check(rule, new Description(root, reader)).map((finding) => finding.fix);
    };
    expect(kinds('safe')).toEqual(['safe']);
    expect(kinds('safe', 'suggested')).toEqual(['suggested']);
    expect(kinds('suggested', 'safe')).toEqual(['suggested']);
    expect(kinds('suggested', 'none')).toEqual(['none']);
    expect(kinds('none', 'suggested')).toEqual(['none']);
  });

  test('is not reported if the obligation holds', () => {
    expect(find(({ place }) => [present(place, () => 1, wording)], { '/a': get }, shared)).toEqual([]);
  });
});

test('a fix has a short title', () => {
  const { root, reader } = sourcesInMemory({ openapi: '3.1.2', paths: {}, ETag: 'x' });
  const { place } = new Description(root, reader);
  const reason = { because: 'so it is' };
  const quoted: Grammar = { noun: 'entity-tag', accepts: () => false, repair: (value) => `"${String(value)}"` };
  const obligations: Obligation[] = [
    present(place.child('a'), () => 1, { noun: 'a 304 response', ...reason }),
    absent(place.child('ETag'), { noun: 'content', ...reason }),
    absent(place.child('E-Tag'), { noun: 'E-Tag', renamedTo: place.child('ETag'), ...reason }),
    matches(place.child('ETag'), quoted, reason),
  ];
  expect(obligations.map(fixTitle)).toEqual([
    'Add a 304 response',
    'Remove content',
    'Rename it to ETag',
    'Replace x with "x"',
  ]);
});
