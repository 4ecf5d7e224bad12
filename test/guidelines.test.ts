import { describe, expect, test } from 'vitest';
import { atlassian } from '../src/guidelines/atlassian.js';
import { severityOf } from '../src/guidelines/citation.js';
import { haufe } from '../src/guidelines/haufe.js';
import { publications } from '../src/guidelines/publications.js';
import { rfc9110 } from '../src/guidelines/rfc9110.js';
import { zalando } from '../src/guidelines/zalando.js';

describe('the severity of a citation of', () => {
  test.each([
    ['what a source requires', rfc9110.must('13.1.2'), 'error'],
    ['what a source defines', rfc9110.defines('8.8.3'), 'error'],
    ['what a table states', haufe.tabulates('http-status-codes'), 'error'],
    ['what a source recommends', atlassian.should('caching'), 'warn'],
    ['what a source advises', haufe.advises('etag-matches'), 'warn'],
    ['what a source has documented', zalando.document('status-code-304'), 'warn'],
    ['what a source permits', rfc9110.may('13.1.1'), 'info'],
    ['what a requirement implies', rfc9110.must('13.1.2', 'implies'), 'warn'],
    ['what a requirement suggests', rfc9110.must('13.1.2', 'suggests'), 'info'],
    ['what a permission implies', zalando.may('182', 'implies'), 'hint'],
    ['what a permission suggests', zalando.may('182', 'suggests'), 'hint'],
  ])('%s', (_, citation, severity) => {
    expect(severityOf(citation)).toBe(severity);
  });
});

test('the three company guidelines have the titles, dates and addresses that the API Stylebook recorded in 2016', () => {
  const recorded = publications
    .filter(({ guideline }) => guideline !== 'rfc9110')
    .map(({ company, title, date, reviewDate, formerUrl }) => ({ company, title, date, reviewDate, formerUrl }));
  expect(recorded).toEqual([
    {
      company: 'Atlassian',
      title: 'Atlassian REST API Design Guidelines version 1',
      date: '2016-01-22',
      reviewDate: '2016-09-01',
      formerUrl:
        'https://developer.atlassian.com/docs/atlassian-platform-common-components/rest-api-development/atlassian-rest-api-design-guidelines-version-1',
    },
    {
      company: 'Haufe',
      title: 'Haufe API style guide',
      date: '2015-01-15',
      reviewDate: '2016-08-31',
      formerUrl: 'https://github.com/Haufe-Lexware/api-style-guide/blob/master/readme.md',
    },
    {
      company: 'Zalando',
      title: 'RESTFul API Guidelines',
      date: '2016-01-22',
      reviewDate: '2016-08-28',
      formerUrl: 'http://zalando.github.io/restful-api-guidelines/',
    },
  ]);
});

test('each company’s statement about 304 cites a section of the current guideline and one of the guideline of 2016', () => {
  const now = [
    atlassian.must('appendix-a-response-codes'),
    haufe.tabulates('http-status-codes'),
    zalando.document('status-code-304'),
  ].map(({ section }) => [section.name, section.formerUrl, section.url.includes('#')]);
  expect(now).toEqual([
    [
      'Appendix A: Response Codes',
      expect.stringContaining('#AtlassianRESTAPIDesignGuidelinesversion1-AppendixA:ResponseCodes'),
      true,
    ],
    ['HTTP Status Codes', expect.stringContaining('http-status-codes.md'), true],
    ['Redirection Codes', 'http://zalando.github.io/restful-api-guidelines/http/Http.html#redirection-codes', true],
  ]);
});

test.each(publications.map((source) => [source.label, source] as const))(
  'no two sections of %s have the same address',
  (_, { sections }) => {
    const urls = Object.values(sections).map(({ url }) => url);
    expect(new Set(urls).size).toBe(urls.length);
    for (const { says } of Object.values(sections)) expect(says).toMatch(/[.?"]$/);
  },
);
