import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { catalogue, ruleCalled } from '../src/catalogue.js';
import { check } from '../src/check.js';
import { guidelinePage } from '../src/guideline-docs.js';
import { guideline } from '../src/guidelines/guideline.js';
import { guidelines, http, namedToAll } from '../src/guidelines/guidelines.js';
import { ownGuideline } from '../src/guidelines/own-guideline.js';
import { Description } from '../src/model/description.js';
import type { Rule } from '../src/rule.js';
import { guidelineOf, rulesOf, severityIn } from '../src/rulesets.js';
import {
  citationsIn,
  citationsOf,
  isAskedFor,
  namesOfSources,
  sectionFor,
  severityOverall,
  severityUnder,
} from '../src/sources.js';
import { projectWith, read } from './files.js';
import { run } from './hosts/cli/run.js';
import { sourcesInMemory } from './sources-in-memory.js';
import { lint, loadRuleset } from './spectral.js';

const url = 'https://example.com/api-guideline';

/** A guideline that does not ship: everything that one needs is in here. */
const example = guideline({
  name: 'example',
  who: 'Example',
  title: 'API guideline',
  url,
  date: '2026-01-01',
  copies: [{ from: url, date: '2026-01-01' }],
  words: { ALWAYS: 'requires', PREFER: 'recommends' },
  sections: {
    validators: { name: '4.2 Validators', number: '4.2', url: `${url}#validators`, says: 'Send them.' },
    errors: { name: 'Errors', url: `${url}#errors`, says: 'Leave them out.' },
  },
  asks: {
    'not-modified-documented': { section: 'validators', level: 'ALWAYS' },
    'not-modified-answers-precondition': [
      { section: 'errors', level: 'PREFER', on: 'If-None-Match' },
      { section: 'validators', level: 'PREFER', bearing: 'implies', says: 'Honour dates.', on: 'If-Modified-Since' },
    ],
    'precondition-guards-update': { section: 'validators', level: 'PREFER' },
  },
  contradicts: { 'precondition-failed-documented': { section: 'errors', says: '412 is left out.' } },
});

const rule = (id: string) => ruleCalled(id) as Rule;

const answers = rule('not-modified-answers-precondition');

describe('a message names at most two sources:', () => {
  const documented = rule('not-modified-documented');

  test.each(catalogue.map((each) => [each.id, each] as const))('for %s, those of no guideline', (_, each) => {
    const aspects = each.aspects ?? [undefined];
    for (const on of aspects) expect(namesOfSources(each, [], on).length).toBeLessThanOrEqual(2);
    expect(aspects.flatMap((on) => namesOfSources(each, [], on))).not.toEqual([]);
  });

  test.each(
    guidelines.flatMap((one) =>
      catalogue.filter((each) => severityUnder(each, one) !== undefined).map((each) => [one.name, each.id] as const),
    ),
  )('%s for %s, then HTTP, and nobody else', (name, id) => {
    const [one, each] = [guidelineOf(name), rule(id)];
    if (one === undefined) throw new Error(name);
    // What neither the guideline nor HTTP speaks of is not found.
    const all: readonly (string | undefined)[] = each.aspects ?? [undefined];
    const speaksOf = (on: string | undefined) =>
      citationsIn(one, each).some((citation) => [undefined, on].includes(citation.on));
    for (const on of all.filter((aspect) => isAskedFor(each, [one], aspect))) {
      const [first, ...others] = namesOfSources(each, [one], on);
      expect(first).toMatch(name === 'rfc9110' || !speaksOf(on) ? /^RFC / : one.publication.label);
      expect(others.filter((text) => text !== one.publication.label && !text.startsWith('RFC '))).toEqual([]);
    }
  });

  test('the guideline that is followed, by its section if that has a number, and HTTP', () => {
    expect(namesOfSources(documented, [example])).toEqual(['Example §4.2', 'RFC 9110 §15.4.5']);
    expect(namesOfSources(rule('precondition-guards-update'), [example])).toEqual(['Example §4.2']);
  });

  test('the first two guidelines, if several are followed', () => {
    const [, first, second, third] = guidelines;
    expect(namesOfSources(documented, [third, example, first, second])).toEqual(['Zalando', 'Example §4.2']);
  });

  test('only sources that speak of the aspect of the rule', () => {
    expect(namesOfSources(answers, [example], 'If-None-Match')).toEqual(['Example', 'RFC 9110 §13.1.2']);
    expect(namesOfSources(answers, [example], 'If-Modified-Since')).toEqual(['Example §4.2', 'RFC 9110 §13.1.3']);
  });

  test.each([
    ['not-modified-documented', 'odata', 'ETag', 'Last-Modified', '15.4.5'],
    ['head-no-content', 'ibm-cloud', 'a success', 'an error', '9.3.2'],
    ['not-modified-repeats-cache-fields', 'stellantis', 'Content-Location', 'Cache-Control', '15.4.5'],
  ])('%s: %s for %s, and only HTTP for %s', (id, name, on, beside, section) => {
    const follows = guidelines.filter((each) => each.name === name);
    const label = follows[0]?.publication.label;
    expect(namesOfSources(rule(id), follows, on)).toEqual([label, `RFC 9110 §${section}`]);
    expect(namesOfSources(rule(id), follows, beside)).toEqual([`RFC 9110 §${section}`]);
  });

  test('the guideline, for each date that it speaks of in a section of its own', () => {
    const prefers = rule('precondition-prefers-entity-tag');
    const otto = guidelineOf('otto');
    const about = (on: string) => prefers && otto && citationsIn(otto, prefers).find((citation) => citation.on === on);
    expect(about('If-Unmodified-Since')?.section.url).toMatch(/r000072$/);
    expect(about('If-Modified-Since')?.section.url).toMatch(/r006010$/);
  });

  test.each(catalogue.map((each) => [each.id, each] as const))(
    'for %s, no guideline beside those named to all',
    (_, each) => {
      const named = namedToAll.map(({ publication: { label } }) => label);
      for (const on of [undefined, ...(each.aspects ?? [])]) {
        const beside = namesOfSources(each, [], on).filter((name) => !name.startsWith('RFC ') && !named.includes(name));
        const isNamed = [http, ...namedToAll].some((one) =>
          citationsIn(one, each).some((citation) => [undefined, on].includes(citation.on)),
        );
        expect(isNamed ? beside : []).toEqual([]);
      }
    },
  );

  test('the usual ones, if the guideline does not ask for the rule', () => {
    const [noContent] = [rule('not-modified-no-content')];
    expect(namesOfSources(noContent, [example])).toEqual(namesOfSources(noContent, []));
  });
});

describe('of a rule, whoever follows a guideline is asked for', () => {
  const methodsAskedFor = (id: string, ...names: readonly string[]) => {
    const follows = names.flatMap((name) => guidelineOf(name) ?? []);
    return ['PUT', 'PATCH', 'DELETE'].filter((method) => isAskedFor(rule(id), follows, method));
  };

  test.each([
    ['precondition-guards-update', ['otto'], ['PUT', 'PATCH']],
    ['precondition-guards-update', ['ogc'], ['PUT', 'PATCH']],
    ['precondition-guards-update', ['ed-fi'], ['PUT', 'DELETE']],
    ['precondition-guards-update', ['atlassian'], ['PUT', 'DELETE']],
    ['precondition-guards-update', ['ed-fi', 'ogc'], ['PUT', 'PATCH', 'DELETE']],
    ['precondition-guards-update', ['swiss'], ['PUT', 'PATCH']],
    ['precondition-guards-update', ['cisco'], ['PUT', 'PATCH', 'DELETE']],
    ['precondition-guards-update', [], ['PUT', 'PATCH', 'DELETE']],
    ['precondition-guards-update', ['haufe'], ['PUT', 'PATCH', 'DELETE']],
    ['entity-tag-after-update', ['ed-fi'], ['PUT']],
    ['entity-tag-after-update', ['ogc'], ['PUT', 'PATCH']],
  ])('%s under %j: the methods %j', (id, names, methods) => {
    expect(methodsAskedFor(id, ...names)).toEqual(methods);
  });

  test('what HTTP asks for, unless the severity under the guideline is more than what the words of HTTP lead to', () => {
    const called = (name: string) => guidelineOf(name) ?? example;
    // By implication, SHOULD leads to information. Ed-Fi's MUST leads to a warning.
    expect(isAskedFor(answers, [called('ed-fi')], 'If-Modified-Since')).toBe(false);
    const hasValidator = rule('precondition-has-validator');
    expect(severityUnder(hasValidator, called('aep'))).toBe('error');
    expect(isAskedFor(hasValidator, [called('aep')], 'If-Modified-Since')).toBe(false);
    expect(severityUnder(hasValidator, called('atlassian'))).toBe('info');
    expect(isAskedFor(hasValidator, [called('atlassian')], 'If-Modified-Since')).toBe(true);
    expect(isAskedFor(rule('precondition-guards-update'), [example], undefined)).toBe(true);
  });

  test('an update whose response returns the resource, by IBM Cloud', () => {
    const found = (name: string, response: object) => {
      const put = { parameters: [{ name: 'If-Match', in: 'header', schema: {} }], responses: { 200: response } };
      const paths = { '/a': { put } };
      const { root, reader } = sourcesInMemory({ openapi: '3.1.1', info: { title: 'A', version: '1' }, paths });
      const description = new Description(root, reader);
      return check(rule('entity-tag-after-update'), description, [guidelineOf(name) ?? []].flat()).length;
    };
    const content = { 'application/json': {} };
    expect(found('ibm-cloud', { description: 'OK', content })).toBe(1);
    expect(found('ibm-cloud', { description: 'OK' })).toBe(0);
    expect(found('ed-fi', { description: 'OK' })).toBe(1);
  });

  test('Vary, by Belgif in one section for media types and in another for languages', () => {
    const varies = rule('cacheable-varies');
    const belgif = [guidelineOf('belgif') ?? []].flat();
    const urls = belgif.flatMap((one) => citationsIn(one, varies)).map(({ on, section }) => `${on} ${section.url}`);
    expect(urls).toEqual([
      expect.stringMatching(/^media types .*#rule-cnt-negot$/),
      expect.stringMatching(/^Accept-Language .*#rule-int-negot$/),
    ]);
    const get = {
      parameters: [{ name: 'Accept-Language', in: 'header', schema: {} }],
      responses: { 200: { description: 'OK', headers: { ETag: {} } } },
    };
    const paths = { '/a': { get } };
    const { root, reader } = sourcesInMemory({ openapi: '3.1.1', info: { title: 'A', version: '1' }, paths });
    const [finding] = check(varies, new Description(root, reader), belgif);
    expect(finding?.violations.map(({ obligation }) => obligation.on)).toEqual(['Accept-Language']);
  });

  test('no date by Atlassian, which does not mention dates; nor is it named to a reader who follows nobody', () => {
    const headers = { 'Last-Modified': { schema: { type: 'string' } } };
    const paths = { '/a': { get: { responses: { 200: { description: 'OK', headers } } } } };
    const { root, reader } = sourcesInMemory({ openapi: '3.1.1', info: { title: 'A', version: '1' }, paths });
    const found = (...names: string[]) => {
      const follows = names.flatMap((name) => guidelineOf(name) ?? []);
      return check(rule('not-modified-documented'), new Description(root, reader), follows).map(
        ({ sources }) => sources,
      );
    };
    expect(found('atlassian')).toEqual([]);
    expect(found('zalando')).toEqual([['Zalando', 'RFC 9110 §15.4.5']]);
    expect(found()).toEqual([['Zalando', 'Haufe']]);
  });

  test.each([
    ['precondition-documented', 'adidas', ['If-None-Match']],
    ['precondition-documented', 'entur', ['If-None-Match', 'If-Modified-Since']],
    ['not-modified-documented', 'odata', ['ETag']],
    ['not-modified-documented', 'atlassian', ['ETag']],
    ['not-modified-documented', 'zalando', ['ETag', 'Last-Modified']],
    ['not-modified-answers-precondition', 'atlassian', ['If-None-Match']],
    ['not-modified-answers-precondition', 'azure', ['If-None-Match', 'If-Modified-Since']],
    ['precondition-documented', 'ibm-cloud', ['If-None-Match']],
    ['precondition-has-validator', 'aep', ['If-None-Match']],
    ['precondition-has-validator', 'atlassian', ['If-None-Match', 'If-Modified-Since']],
    ['precondition-has-validator', 'rfc9110', ['If-None-Match', 'If-Modified-Since']],
    ['precondition-failed-documented', 'deliveroo', ['If-Match', 'If-Unmodified-Since']],
    ['precondition-required-documented', 'deliveroo', ['PATCH']],
    ['head-no-content', 'ibm-cloud', ['a success', 'an error']],
    ['precondition-obtainable', 'ibm-cloud', ['a path with GET or HEAD']],
    ['precondition-obtainable', 'azure', ['a path with GET or HEAD', 'a path without GET and HEAD']],
    ['entity-tag-after-update', 'ibm-cloud', ['PUT', 'PATCH']],
    ['entity-tag-after-update', 'ed-fi', ['PUT', 'PUT without content']],
  ])('%s under %s: %j', (id, name, asked) => {
    const [one] = guidelines.filter((each) => each.name === name);
    expect(rule(id).aspects?.filter((on) => one && isAskedFor(rule(id), [one], on))).toEqual(asked);
  });

  test('nothing else, in any host', async () => {
    const text = `openapi: 3.1.2
info: {title: Orders, version: '1'}
paths:
  /orders/{orderId}:
    get: {responses: {'200': {description: ok, headers: {ETag: {schema: {type: string}}}}}}
    put: {responses: {'204': {description: ok}}}
    patch: {responses: {'204': {description: ok}}}
`;
    const guarded = ({ code }: { readonly code: string }) => code === 'precondition-guards-update';
    const ruleset = 'spectral-conditional-requests/rulesets/ed-fi.yaml';
    const folder = projectWith({ '.spectral.yaml': `extends: ${ruleset}`, 'orders.yaml': text });
    const { out } = run(folder, 'lint', '-f', 'json', 'orders.yaml');
    const results: { code: string; message: string }[] = JSON.parse(out);
    const messages = results.filter(guarded).map(({ message }) => message);
    expect(messages).toEqual([expect.stringMatching(/ on PUT .*\(Ed-Fi\)\.$/)]);
    const inSpectral = await lint(text, await loadRuleset(join(folder, '.spectral.yaml')));
    expect(inSpectral.filter(guarded).map(({ message }) => message)).toEqual(messages);
  });
});

test('what is said of a rule begins with what the followed guideline says, and leaves out nobody', () => {
  const documented = rule('not-modified-documented');
  const labels = citationsOf(documented, [example]).map(({ publication }) => publication.label);
  expect(labels.slice(0, 3)).toEqual(['Example', 'RFC 9110', 'Zalando']);
  expect(citationsOf(documented, [example])).toEqual(expect.arrayContaining([...citationsOf(documented)]));
  expect(new Set(citationsOf(documented, [example])).size).toBe(labels.length);
  expect(sectionFor(documented, [example]).url).toBe(`${url}#validators`);
  const [, since] = citationsOf(rule('not-modified-answers-precondition'), [example]);
  expect(since?.section.says).toBe('Honour dates.');
});

describe('the severity of a rule', () => {
  const none = { ...rule('not-modified-documented'), id: 'none', cites: [] };

  test('under a guideline is that of its strongest citation from there, if any', () => {
    expect(severityUnder(rule('not-modified-answers-precondition'), example)).toBe('warn');
    expect(severityUnder(rule('not-modified-documented'), example)).toBe('error');
    expect(severityUnder(rule('not-modified-no-content'), example)).toBeUndefined();
  });

  test('in the ruleset all is the recommended one, or its own, or that of HTTP, or else a hint', () => {
    const { cites } = rule('not-modified-no-content');
    const { recommended: _, ...bare } = none;
    expect(severityOverall({ ...bare, cites, recommended: 'info', severityInAll: 'warn' })).toBe('info');
    expect(severityOverall({ ...bare, cites, severityInAll: 'warn' })).toBe('warn');
    expect(severityOverall({ ...bare, cites })).toBe('error');
    expect(severityOverall(bare)).toBe('hint');
  });
});

const orders = read('examples/orders.yaml');

test('one more guideline takes no more than its data: it has rules, severities, findings that name it, and a page', () => {
  const { root, reader } = sourcesInMemory(parse(orders));
  const description = new Description(root, reader);
  const findings = rulesOf(example).flatMap(({ rule: each, severity }) =>
    check(each, description, [example]).map(({ message }) => `${severity} ${each.id} ${/\([^(]*\)\.$/.exec(message)}`),
  );
  expect(findings).toEqual([
    'error not-modified-documented (Example §4.2, RFC 9110 §15.4.5).',
    'warn not-modified-answers-precondition (Example §4.2, RFC 9110 §13.1.3).',
    'warn precondition-guards-update (Example §4.2).',
  ]);
  expect(guidelinePage(example, catalogue).join('\n')).toContain(
    'Its own words: “ALWAYS” requires, “PREFER” recommends.',
  );
  expect(guidelinePage(example, catalogue).at(-1)).toContain('[precondition-failed-documented]');
  expect(severityIn(example, rule('precondition-failed-documented'))).toBeUndefined();
});

test('a team’s own guideline that is based on two rulesets holds the rules of both, at the severity of the first that holds them', () => {
  const basedOn = ['zalando', 'rfc9110'] as const;
  const own = ownGuideline({ who: 'Example', title: 'API guideline', url, basedOn }, 'guideline.yaml');
  for (const each of catalogue)
    expect(severityIn(own, each)).toBe(severityIn('zalando', each) ?? severityIn('rfc9110', each));
  expect(rulesOf(own).length).toBeGreaterThan(rulesOf('rfc9110').length);
});

describe('in Spectral', () => {
  const [haufe, zalando] = ['haufe', 'zalando'].map((name) => `spectral-conditional-requests/rulesets/${name}.yaml`);

  test.each([
    ['one', `extends: ${haufe}`, '(Haufe, RFC 9110 §15.4.5)', 'Haufe-Lexware'],
    ['another after it', `extends: [${haufe}, ${zalando}]`, '(Zalando, Haufe)', 'zalando'],
    [
      'one, and rules changed',
      `extends: ${zalando}\nrules: {not-modified-documented: hint}`,
      '(Zalando, RFC',
      'zalando',
    ],
    [
      'one, and an override for the file',
      `extends: ${haufe}\noverrides: [{files: ["*.yaml"], rules: {not-modified-documented: info}}]`,
      '(Haufe, RFC 9110 §15.4.5)',
      'Haufe-Lexware',
    ],
    ['one through a file between', 'extends: ./company.yaml', '(Haufe, RFC 9110 §15.4.5)', 'Haufe-Lexware'],
    ['none', 'extends: spectral-conditional-requests', '(Zalando, Atlassian)', 'zalando'],
  ])('and in lint, a ruleset that extends %s names whom it follows', async (_, text, names, site) => {
    const folder = projectWith({
      '.spectral.yaml': text,
      'company.yaml': `extends: ${haufe}\nrules: {precondition-range: warn}`,
      'orders.yaml': orders,
    });
    const file = join(folder, 'orders.yaml');
    const ruleset = await loadRuleset(join(folder, '.spectral.yaml'));
    const isIt = ({ code }: { readonly code: string }) => code === 'not-modified-documented';
    const messages = (await lint(orders, ruleset, file)).filter(isIt).map(({ message }) => message);
    expect(messages).toEqual([expect.stringContaining(names)]);
    const link = ruleset.fromSource(file).rules['not-modified-documented']?.documentationUrl;
    expect(link).toContain(site);
    const { out } = run(folder, 'lint', '-f', 'json', '--show-documentation-url', 'orders.yaml');
    const results: { code: string; message: string; documentationUrl: string }[] = JSON.parse(out);
    expect(results.filter(isIt).map(({ message }) => message)).toEqual(messages);
    expect(results.filter(isIt).map(({ documentationUrl }) => documentationUrl)).toEqual([link]);
  });
});
