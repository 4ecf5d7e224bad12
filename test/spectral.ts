import fs from 'node:fs';
import { basename, join } from 'node:path';
import { Document, type ISpectralDiagnostic, Ruleset, Spectral } from '@stoplight/spectral-core';
import Parsers from '@stoplight/spectral-parsers';
import { bundleAndLoadRuleset } from '@stoplight/spectral-ruleset-bundler/with-loader';
import { parse } from 'yaml';
import { severities } from '../src/guidelines/citation.js';
import type { RulesetName } from '../src/rulesets.js';
import type { Range } from '../src/text-editor/line-index.js';
import { root } from './files.js';

/** A finding as Spectral shows it to users. */
export interface SpectralFinding {
  readonly code: string;
  readonly severity: string;
  readonly source: string;
  /** Its path, as a JSON Pointer without escapes. */
  readonly at: string;
  /** The line in which it starts, counted from 1. */
  readonly line: number;
  readonly range: Range;
  readonly message: string;
}

/** Reads a ruleset file as `spectral lint` does. */
export function loadRuleset(file: string): Promise<Ruleset> {
  return bundleAndLoadRuleset(file, { fs, fetch });
}

const loaded = new Map<string, Promise<Ruleset>>();

/** A ruleset of the package. Its YAML file loads the built package; while coverage is measured, it loads the sources instead. */
export function shippedRuleset(name: RulesetName): Promise<Ruleset> {
  const file = join(root, 'rulesets', `${name}.yaml`);
  const load = process.env['COVERAGE'] === undefined ? loadRuleset : fromSources;
  const ruleset = loaded.get(file) ?? load(file);
  loaded.set(file, ruleset);
  return ruleset;
}

/** A ruleset of the package, with the rules from the sources instead of the built package. */
async function fromSources(file: string): Promise<Ruleset> {
  const { default: all, rulesetOfGuideline } = await import('../src/hosts/spectral.js');
  const written = parse(fs.readFileSync(file, 'utf8')) as { readonly extends: readonly [[path: string, mode: string]] };
  const [[path, mode]] = written.extends;
  const base = basename(path) === 'ruleset.mjs' ? all : rulesetOfGuideline(basename(path, '.mjs'));
  return new Ruleset({ ...written, extends: [[base, mode]] });
}

/**
 * Lints a text as `spectral lint` does.
 *
 * @param text YAML or JSON
 * @param source the path of the text's file, which `$ref`s to other files are relative to
 */
export async function lint(text: string, ruleset: Ruleset, source?: string): Promise<SpectralFinding[]> {
  const spectral = new Spectral();
  spectral.setRuleset(ruleset);
  return (await spectral.run(new Document(text, Parsers.Yaml, source))).map(findingOf);
}

/** Lints a file with a ruleset of the package. */
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
