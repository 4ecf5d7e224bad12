import fs from 'node:fs';
import { join } from 'node:path';
import { Document, type ISpectralDiagnostic, Ruleset, Spectral } from '@stoplight/spectral-core';
import Parsers from '@stoplight/spectral-parsers';
import { bundleAndLoadRuleset } from '@stoplight/spectral-ruleset-bundler/with-loader';
import { parse } from 'yaml';
import { severities } from '../src/guidelines/citation.js';
import type { RulesetName } from '../src/rulesets.js';
import type { Range } from '../src/text-editor/line-index.js';
import { root } from './files.js';

/** A finding of Spectral's, reduced to what a user sees. */
export interface SpectralFinding {
  readonly code: string;
  readonly severity: string;
  readonly source: string;
  /** Where it is, as a JSON Pointer without escapes. */
  readonly at: string;
  /** Counted from 1. */
  readonly line: number;
  readonly range: Range;
  readonly message: string;
}

/** A ruleset that a user would name, read from its file as `spectral lint` does. */
export function loadRuleset(file: string): Promise<Ruleset> {
  return bundleAndLoadRuleset(file, { fs, fetch });
}

const loaded = new Map<string, Promise<Ruleset>>();

/** A ruleset that ships, from its YAML file: so it is the built package that is tested, but where coverage is measured. */
export function shippedRuleset(name: RulesetName): Promise<Ruleset> {
  const file = join(root, 'rulesets', `${name}.yaml`);
  const load = process.env['COVERAGE'] === undefined ? loadRuleset : fromSources;
  const ruleset = loaded.get(file) ?? load(file);
  loaded.set(file, ruleset);
  return ruleset;
}

/** A ruleset that ships, of rules that are not built. */
async function fromSources(file: string): Promise<Ruleset> {
  const { default: all } = await import('../src/hosts/spectral.js');
  const written = parse(fs.readFileSync(file, 'utf8')) as { readonly extends: readonly [[path: string, mode: string]] };
  const [[, mode]] = written.extends;
  return new Ruleset({ ...written, extends: [[all, mode]] });
}

/**
 * Lints a text as `spectral lint` does.
 *
 * @param text YAML or JSON
 * @param source where it is said to come from: what `$ref`s to other files are relative to
 */
export async function lint(text: string, ruleset: Ruleset, source?: string): Promise<SpectralFinding[]> {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  return (await spectral.run(new Document(text, Parsers.Yaml, source))).map(findingOf);
}

/** Lints a file with a shipped ruleset. */
export async function lintFile(file: string, name: RulesetName): Promise<SpectralFinding[]> {
  return lint(fs.readFileSync(file, 'utf8'), await shippedRuleset(name), file);
}

function findingOf(result: ISpectralDiagnostic): SpectralFinding {
  return {
    code: String(result.code),
    severity: severities[result.severity] ?? 'unknown',
    source: result.source ?? '',
    at: result.path.map((segment) => `/${segment}`).join(''),
    line: result.range.start.line + 1,
    message: result.message,
    range: result.range,
  };
}
