import { describe, expect, test } from 'vitest';
import { catalogue, ruleCalled } from '../src/catalogue.js';
import { severityOf } from '../src/guidelines/citation.js';
import { citedGuidelines, guidelines, rfcs } from '../src/guidelines/guidelines.js';
import { observedRules } from '../src/observe/observed-rules.js';
import { citationsIn } from '../src/sources.js';
import { read } from './files.js';
import { modules } from './imports.mjs';

describe('the severity of a citation of', () => {
  test.each([
    ['requires', 'states', 'error'],
    ['recommends', 'states', 'warn'],
    ['permits', 'states', 'info'],
    ['requires', 'implies', 'warn'],
    ['recommends', 'implies', 'info'],
    ['permits', 'implies', 'hint'],
    ['requires', 'suggests', 'info'],
    ['recommends', 'suggests', 'hint'],
    ['permits', 'suggests', 'hint'],
  ] as const)('that %s something and %s the rule is %s', (strength, bearing, severity) => {
    expect(severityOf({ strength, bearing })).toBe(severity);
  });
});

test('the three guidelines that the API Stylebook compares under 304 have the titles, dates and addresses that it recorded in 2016', () => {
  const recorded = citedGuidelines
    .filter(({ reviewDate }) => reviewDate?.startsWith('2016'))
    .slice(0, 3)
    .map(({ publication: { publisher, title, date, formerUrl }, reviewDate }) => {
      return { publisher, title, date, reviewDate, formerUrl };
    });
  expect(recorded).toEqual([
    {
      publisher: 'Atlassian',
      title: 'Atlassian REST API Design Guidelines version 1',
      date: '2016-01-22',
      reviewDate: '2016-09-01',
      formerUrl:
        'https://developer.atlassian.com/docs/atlassian-platform-common-components/rest-api-development/atlassian-rest-api-design-guidelines-version-1',
    },
    {
      publisher: 'Haufe',
      title: 'Haufe API style guide',
      date: '2015-01-15',
      reviewDate: '2016-08-31',
      formerUrl: 'https://github.com/Haufe-Lexware/api-style-guide/blob/master/readme.md',
    },
    {
      publisher: 'Zalando',
      title: 'RESTFul API Guidelines',
      date: '2016-01-22',
      reviewDate: '2016-08-28',
      formerUrl: 'http://zalando.github.io/restful-api-guidelines/',
    },
  ]);
});

test('each of their statements about 304 cites a section of the current guideline and one of the guideline of 2016', () => {
  const sections = citedGuidelines.slice(0, 3).map((guideline) => Object.values(guideline.sections));
  const now = sections.flatMap((all) => all.filter(({ formerUrl }) => formerUrl !== undefined));
  expect(now.map(({ name, formerUrl, url }) => [name, formerUrl, url.includes('#')])).toEqual([
    [
      'Appendix A: Response Codes',
      expect.stringContaining('#AtlassianRESTAPIDesignGuidelinesversion1-AppendixA:ResponseCodes'),
      true,
    ],
    ['HTTP Status Codes', expect.stringContaining('http-status-codes.md'), true],
    ['Redirection Codes', 'http://zalando.github.io/restful-api-guidelines/http/Http.html#redirection-codes', true],
  ]);
});

describe.each(citedGuidelines.map((guideline) => [guideline.name, guideline] as const))('%s', (name, guideline) => {
  const { publication, copies, sections, asks, contradicts } = guideline;

  test('has a name that can be a file name and an argument, an address, and copies that were read', () => {
    expect(name).toMatch(/^[a-z][a-z\d-]*$/);
    expect(new URL(publication.url).protocol).toMatch(/^https?:$/);
    expect(publication.date).toMatch(/^\d{4}(-\d\d){0,2}$/);
    expect(copies.length).toBeGreaterThan(0);
    for (const { from, commit, date } of copies) {
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      const isInRepository = /^[\w.-]+\/[\w.-]+$/.test(from) && /^[\da-f]{7,40}$/.test(commit ?? '');
      expect(isInRepository || (commit === undefined && URL.canParse(from))).toBe(true);
    }
  });

  test('has no section twice, and cites every section', () => {
    const all = Object.values(sections);
    expect(new Set(all.map(({ url }) => url)).size).toBe(all.length);
    const cited = [...Object.values(asks).flat(), ...Object.values(contradicts)].map(({ section }) => section.url);
    expect(all.map(({ url }) => url).filter((url) => !cited.includes(url))).toEqual([]);
    for (const { says } of [...all, ...Object.values(contradicts)]) expect(says).toMatch(/^[^a-z].*[.?"]$/);
  });

  test('asks for rules of the catalogue, and for nothing that it contradicts', () => {
    const named = [...Object.keys(asks), ...Object.keys(contradicts)];
    expect(named.filter((id) => ruleCalled(id) === undefined)).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });
});

describe.each(rfcs.map((source) => [source.publication.label, source] as const))('%s', (_, { sections }) => {
  test('has no section twice, and cites every section', () => {
    const all: { url: string; says: string }[] = Object.values(sections);
    const citing = [...catalogue, ...observedRules];
    const cited = new Set(citing.flatMap((rule) => rule.cites.map(({ section }) => section.url)));
    expect(all.map(({ url }) => url).filter((url) => !cited.has(url))).toEqual([]);
    for (const { says } of all) expect(says).toMatch(/[.?"]$/);
  });
});

test('rules cite HTTP alone', () => {
  const labels = catalogue.flatMap((rule) => rule.cites.map(({ publication }) => publication.label));
  expect([...new Set(labels)].toSorted()).toEqual(rfcs.map(({ publication }) => publication.label).toSorted());
});

test('only its own file and the list name a guideline', () => {
  const words = citedGuidelines.map(({ name }) => name);
  const named = modules
    .filter((module) => !module.startsWith('guidelines/'))
    .flatMap((module) => {
      const text = read(`src/${module}`).toLowerCase();
      return words.filter((word) => new RegExp(`(?<!@)\\b${word}\\b`).test(text)).map((word) => `${module}: ${word}`);
    });
  expect(named).toEqual([]);
});

test('every guideline that can be followed asks for something', () => {
  for (const guideline of guidelines)
    expect(catalogue.some((rule) => citationsIn(guideline, rule).length > 0)).toBe(true);
});

test('the list of guidelines without a file names a copy for each that was read, and none that has a file', () => {
  const [list = ''] = read('src/guidelines/README.md').split('## Not read');
  const rows = list.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:guideline|---)/.test(line));
  const copies = rows.flatMap((row) => /([\w.-]+\/[\w.-]+)@[\da-f]{7}/.exec(row)?.[1] ?? []);
  // One repository has the guidelines of Azure and of others.
  const followed = guidelines.flatMap((one) => one.copies.map(({ from }) => from));
  expect(copies.filter((copy) => followed.includes(copy) && copy !== 'microsoft/api-guidelines')).toEqual([]);
  expect(copies.length).toBeGreaterThan(rows.length - 4);
});
