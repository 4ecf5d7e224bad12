import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { folderWith, okWithEtag } from '../../files.js';
import { run } from '../cli/run.js';
import { Client, codesOf, uriIn } from './client.js';

let running: Client | undefined;
afterEach(() => {
  running?.server.kill();
  running = undefined;
});

const takes = '{name: If-None-Match, in: header, schema: {type: string}}';
const yaml = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters:
      - ${takes}
      responses:
        '200': ${okWithEtag}
`;
const json = JSON.stringify(
  {
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: {
      '/a': {
        get: {
          parameters: [{ name: 'If-None-Match', in: 'header', schema: { type: 'string' } }],
          responses: { 200: { description: 'ok', headers: { ETag: { schema: { type: 'string' } } } } },
        },
      },
    },
  },
  null,
  2,
);

const title = 'Ignore not-modified-documented here (with a reason)';

/** Chooses the exception for the only finding in a new document, and returns the new text. */
async function excepted(file: string, text: string): Promise<string> {
  const folder = folderWith({});
  const uri = uriIn(folder, file);
  running = await Client.start({ folder });
  await running.open(uri, text);
  const diagnostics = await running.diagnostics(uri);
  const finding = diagnostics.find(({ code }) => code === 'not-modified-documented');
  if (finding === undefined) throw new Error(`there is only ${codesOf(diagnostics)}`);
  const action = (await running.actions(uri, finding.range, { diagnostics: [finding] })).find(
    (one) => one.title === title,
  );
  expect(action).toMatchObject({ kind: 'quickfix', diagnostics: [finding] });
  await running.apply(action);
  expect(await running.diagnostics(uri)).toEqual([]);
  const written = running.documentAt(uri).getText();
  expect(run(folderWith({ [file]: written }), 'lint', '-F', 'hint').status).toBe(0);
  return written;
}

describe('a quick fix writes an exception with a place for the reason', () => {
  test('in YAML', async () => {
    expect(await excepted('a.yaml', yaml)).toBe(
      `${yaml}        x-conditional-requests-ignore: {not-modified-documented: (reason)}\n`,
    );
  });

  test('in JSON', async () => {
    const written = await excepted('a.json', json);
    const added = { 'x-conditional-requests-ignore': { 'not-modified-documented': '(reason)' } };
    expect(JSON.parse(written).paths['/a'].get.responses).toMatchObject(added);
    expect(written.split('\n').length).toBe(json.split('\n').length + 3);
  });

  test.each([
    [
      'a rule id',
      'precondition-optional',
      '\n          precondition-optional: (reason)\n          not-modified-documented: (reason)',
    ],
    [
      'a list',
      '[precondition-optional]',
      '\n          precondition-optional: (reason)\n          not-modified-documented: (reason)',
    ],
    ['reasons', '{precondition-optional: old}', ' {precondition-optional: old, not-modified-documented: (reason)}'],
  ])('beside %s that is there already', async (_, there, after) => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'a.yaml');
    running = await Client.start({ folder });
    await running.open(uri, `${yaml}        x-conditional-requests-ignore: ${there}\n`);
    const diagnostics = await running.diagnostics(uri);
    expect(codesOf(diagnostics)).toEqual(['not-modified-documented', 'unused-ignore']);
    const finding = diagnostics.find(({ code }) => code === 'not-modified-documented');
    if (finding === undefined) throw new Error('there is no finding');
    const actions = await running.actions(uri, finding.range, { diagnostics: [finding] });
    await running.apply(actions.find((action) => action.title === title));
    expect(running.documentAt(uri).getText()).toBe(`${yaml}        x-conditional-requests-ignore:${after}\n`);
  });
});

test('the editor reports an exception that nothing needs any more, and forgets it when it is gone', async () => {
  const folder = folderWith({});
  const uri = uriIn(folder, 'a.yaml');
  const comment = '      # conditional-requests-ignore-next-line not-modified-documented -- old\n';
  running = await Client.start({ folder });
  await running.open(uri, yaml.replace('      responses:', `${comment}      responses:`));
  expect(await running.diagnostics(uri)).toEqual([]);
  await running.type(uri, okWithEtag, '{description: ok}');
  const all = await running.diagnostics(uri, (some) => codesOf(some).includes('unused-ignore'));
  const unused = all.filter(({ code }) => code === 'unused-ignore');
  expect(unused).toMatchObject([{ severity: 2, range: { start: { line: 7 } } }]);
  await running.type(uri, comment, '');
  await running.diagnostics(uri, (some) => !codesOf(some).includes('unused-ignore'));
});

test('the editor does not show what the baseline holds back, until it is new', async () => {
  const folder = folderWith({ 'a.yaml': yaml });
  const uri = uriIn(folder, 'a.yaml');
  const name = '.conditional-requests-baseline.json';
  expect(run(folder, 'lint', '-q', '--update-baseline').status).toBe(0);
  running = await Client.start({ folder });
  await running.open(uri, yaml);
  expect(await running.diagnostics(uri)).toEqual([]);
  const start = running.lineAndColumnOf(uri, 'responses:');
  expect(await running.actions(uri, { start, end: start })).toEqual([]);
  await running.type(uri, '  /a:', '  /b:');
  expect(codesOf(await running.diagnostics(uri, (all) => all.length > 0))).toEqual(['not-modified-documented']);
  await running.type(uri, '  /b:', '  /a:');
  expect(await running.diagnostics(uri, (all) => all.length === 0)).toEqual([]);

  writeFileSync(join(folder, name), '[]');
  await running.notifyOnDisk(join(folder, name));
  expect(codesOf(await running.diagnostics(uri, (all) => all.length > 0))).toEqual(['not-modified-documented']);
  expect(running.shown).toEqual([expect.stringContaining(`${name}:1:1: this is no baseline`)]);
});
