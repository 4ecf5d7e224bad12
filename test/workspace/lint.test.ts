import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { severities } from '../../src/guidelines.js';
import { rulesetNames, type RulesetName } from '../../src/rulesets.js';
import { lint, remarkOf, resultOf } from '../../src/workspace/lint.js';
import { shippedSelection } from '../../src/workspace/selection.js';
import { Workspace } from '../../src/workspace/workspace.js';
import { corpus, corpusRows, hasCorpus } from '../files.js';
import { lintFile } from '../spectral.js';

function said(file: string, name: RulesetName): string[] {
  const selection = shippedSelection(name);
  const workspace = new Workspace();
  const entry = workspace.read(file);
  return lint(entry, workspace, selection.rulesFor(file))
    .flatMap((located) => resultOf(remarkOf(located), file, selection) ?? [])
    .map(({ code, severity, source, path, range: { start, end } }) => `${severities[severity]} ${code} ${source} /${path.join('/')} ${start.line+1}:${start.character+1}-${end.line+1}:${end.character+1}`)
    .toSorted();
}

async function saidBySpectral(file: string, name: RulesetName): Promise<string[]> {
  return (await lintFile(file, name))
    .filter(({code}) => code.includes('-') && !['invalid-ref','unrecognized-format'].includes(code))
    .map(({ code, severity, source, at, line, range: { start, end } }: any) => `${severity} ${code} ${source} ${at} ${start.line+1}:${start.character+1}-${end.line+1}:${end.character+1}`)
    .toSorted();
}

describe.skipIf(!hasCorpus)('real', () => {
  test.each(corpusRows().map(({ entry }) => entry))('%s', async (entry) => {
    const file = join(corpus, 'docs', entry);
    for (const name of ['all'] as const) expect(said(file, name)).toEqual(await saidBySpectral(file, name));
  });
});
