import { extname } from 'node:path';
import { getSeverityName } from '@stoplight/spectral-formatters/utils';
import { printPath, PrintStyle } from '@stoplight/spectral-runtime';
import type { Result, SeverityNumber } from '../../../result.js';
import { defused, visible } from '../../../visible-text.js';
import type { FormatContext } from './formats.js';

/**
 * Results as a JUnit report: a suite for each file, a test case for each result, and a passed test case for a file without
 * results. A result that makes the command fail is a failure. Any other result is the output of a passed test case.
 */
export function junit(results: readonly Result[], { files, failSeverity }: FormatContext): string {
  const groups = new Map<string, Result[]>(files.map((file) => [file, []]));
  for (const result of results) {
    const group = groups.get(result.source);
    if (group === undefined) groups.set(result.source, [result]);
    else group.push(result);
  }
  const suites = [...groups].map(([source, here]) => suiteOf(source, here, failSeverity));
  return `<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suiteOf(source: string, results: readonly Result[], failSeverity: SeverityNumber): string {
  const classname = source.slice(0, source.length - extname(source).length);
  const failures = results.filter(({ severity }) => severity <= failSeverity).length;
  const cases =
    results.length === 0
      ? [element('testcase', { time: 0, name: source, classname })]
      : results.map((result) => caseOf(result, classname, result.severity <= failSeverity));
  const counts = { tests: cases.length, errors: 0, failures };
  return element('testsuite', { package: 'org.spectral', time: 0, ...counts, name: source }, `\n${cases.join('')}`);
}

function caseOf(result: Result, classname: string, isFailure: boolean): string {
  const { code, message, severity, range, documentationUrl } = result;
  const path = printPath([...result.path], PrintStyle.EscapedPointer);
  const place = `line ${range.start.line + 1}, col ${range.start.character + 1}`;
  const url = documentationUrl === undefined ? '' : `, ${documentationUrl}`;
  const report = `${place}, ${message} (${code}) at path ${path}${url}`;
  const type = getSeverityName(severity);
  return element(
    'testcase',
    { time: 0, name: `org.spectral.${code}(${path})`, classname },
    isFailure
      ? element('failure', { message, type }, escaped(report))
      : element('system-out', {}, escaped(`${type}: ${report}`)),
  );
}

/** An XML element. */
function element(name: string, attributes: Readonly<Record<string, string | number>>, content?: string): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(`${value}`)}"`);
  const start = `<${name}${list.join('')}`;
  return content === undefined ? `${start} />\n` : `${start}>${content}</${name}>\n`;
}

/** The characters that XML 1.0 does not allow, even as character references: most controls, and lone surrogates. */
const invalidInXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * A text escaped for content or an attribute value. Line breaks become character references, because XML reads them as spaces in
 * attributes. Characters that XML does not allow are written as `\u001B`.
 */
function escaped(text: string): string {
  return defused(text.replace(invalidInXml, visible).replace(/[<>&"]/g, reference), reference);
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`;
}
