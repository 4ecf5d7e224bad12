import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ArtifactLocation,
  Fix,
  Log,
  Region,
  ReportingDescriptor,
  Result as SarifResult,
  Suppression,
  WebRequest,
  WebResponse,
} from 'sarif';
import type { ShownExchange } from '../../../observe/redaction.js';
import type { Result, ResultFix } from '../../../result.js';
import { citationItem } from '../../../rule-docs.js';
import { citationsOf } from '../../../sources.js';
import type { Range } from '../../../text-editor/line-index.js';
import type { ActiveRule, FormatContext } from './formats.js';
import { jsonText } from './json-text.js';

/** SARIF's names of the severities, most severe first. */
const levels = ['error', 'warning', 'note', 'note'] as const;

/** GitHub code scanning's names of the severities, most severe first. */
const problemSeverities = ['error', 'warning', 'recommendation', 'recommendation'];

/** Results as a SARIF 2.1.0 log: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. */
export function sarif(results: readonly Result[], { rules, version, cwd, suppressed }: FormatContext): string {
  const indexes = new Map(rules.map(({ rule }, index) => [rule.id, index]));
  const all = [...results, ...suppressed];
  const hasBaseline = all.some(({ baselineState }) => baselineState !== undefined);
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'spectral-conditional-requests', version, rules: rules.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        results: all.map((result) => ({
          ...sarifResult(result, indexes.get(result.code), cwd),
          // An empty list says that a result is not suppressed (SARIF 2.1.0 §3.27.23).
          ...(suppressed.length > 0 && { suppressions: suppressionsOf(result) }),
          ...(hasBaseline && { baselineState: result.baselineState ?? 'new' }),
        })),
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
}

function descriptorOf({ rule, severity, url, follows }: ActiveRule): ReportingDescriptor {
  const { id, summary, rationale, exceptions } = rule;
  const help = [
    rationale,
    '## Who asks for it',
    citationsOf(rule, follows).map(citationItem).join('\n'),
    '## When to turn it off',
    exceptions,
  ];
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: rationale },
    helpUri: url,
    help: { text: rationale, markdown: help.join('\n\n') },
    defaultConfiguration: { level: levels[severity] },
    properties: { 'problem.severity': problemSeverities[severity], tags: ['openapi', 'http'] },
  };
}

function sarifResult(result: Result, ruleIndex: number | undefined, cwd: string): SarifResult {
  const { code, severity, message, source, range, fix, exchange } = result;
  return {
    ruleId: code,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: locationOf(source, cwd), region: regionOf(range) } }],
    ...(fix === undefined ? {} : { fixes: [fixOf(fix, cwd)] }),
    ...(exchange === undefined ? {} : evidenceOf(exchange)),
  };
}

/** The request and the response that show what a server did, as SARIF has them (§3.27.29, §3.27.30). */
function evidenceOf(exchange: ShownExchange): { webRequest: WebRequest; webResponse: WebResponse } {
  const { method, url, request, status, response } = exchange;
  return {
    webRequest: { protocol: 'HTTP', method, target: url, headers: request },
    webResponse: { protocol: 'HTTP', statusCode: status, headers: response },
  };
}

function suppressionsOf({ suppression }: Result): Suppression[] {
  if (suppression === undefined) return [];
  const { kind, justification } = suppression;
  return [{ kind, ...(justification !== undefined && { justification }) }];
}

function fixOf({ isSafe, file, edits }: ResultFix, cwd: string): Fix {
  const replacements = edits.map(({ range, text }) => ({
    deletedRegion: regionOf(range),
    ...(text === '' ? {} : { insertedContent: { text } }),
  }));
  return {
    description: {
      text: isSafe ? 'Correct the description.' : 'Describe what the server does, if it does so.',
    },
    artifactChanges: [{ artifactLocation: locationOf(file, cwd), replacements }],
    properties: { isSafe },
  };
}

/** The URI of a file, relative to `cwd`, which is assumed to be the root of the repository; absolute for a file outside it. */
function locationOf(file: string, cwd: string): ArtifactLocation {
  const path = relative(cwd, file);
  const isOutside = isAbsolute(path) || path.split(sep, 1)[0] === '..';
  if (isOutside) return { uri: pathToFileURL(file).href };
  return {
    uri: path
      .replace(/\p{Cs}/gu, '\uFFFD')
      .split(sep)
      .map(encodeURIComponent)
      .join('/'),
    uriBaseId: '%SRCROOT%',
  };
}

/** A range as a region. SARIF counts lines and columns from 1. */
function regionOf({ start, end }: Range): Region {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
