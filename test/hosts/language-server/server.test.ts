import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol/node';
import { parse } from 'yaml';
import { severities } from '../../../src/guidelines/citation.js';
import { visible } from '../../../src/visible-text.js';
import { folderWith, projectWith, read, root } from '../../files.js';
import { cli, run } from '../cli/run.js';
import { Client, codesOf, uriIn } from './client.js';

const violation = (id: string) => read(`examples/${id}/violation.yaml`);
const conforming = (id: string) => read(`examples/${id}/conforming.yaml`);

let running: Client | undefined;
afterEach(() => {
  running?.server.kill();
  running = undefined;
});

async function started(...options: Parameters<typeof Client.start>): Promise<Client> {
  running = await Client.start(...options);
  return running;
}

/** The actions that mend something, by their titles. */
function fixesIn(actions: readonly CodeAction[]): Map<string, CodeAction> {
  const fixes = actions.filter(({ title, command }) => command === undefined && !title.startsWith('Ignore '));
  return new Map(fixes.map((action) => [action.title, action]));
}

/** The element of a list that has exactly one. */
function soleElement<T>(all: readonly T[]): T {
  const [one] = all;
  if (one === undefined || all.length > 1) throw new Error(`there are ${all.length} of them: ${JSON.stringify(all)}`);
  return one;
}

function hasCode(code: string) {
  return (all: readonly Diagnostic[]) => all.some((diagnostic) => diagnostic.code === code);
}

describe('the language server reports a defect as it is typed, and its quick fix removes it', () => {
  const header = '            ETag:\n              schema:\n                type: string\n';
  const yaml = conforming('not-modified-documented');
  const etag304 = `          headers:\n${header}`;

  test('in YAML', async () => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'Bücher & Zeitungen/open api.yaml');
    const editor = await started({ folder });
    await editor.open(uri, yaml);
    expect(await editor.diagnostics(uri)).toEqual([]);

    await editor.type(uri, `        '304':\n          description: Not Modified\n${etag304}`, '');
    const diagnostic = soleElement(await editor.diagnostics(uri));
    expect(editor.documentAt(uri).getText()).toBe(violation('not-modified-documented'));
    expect(diagnostic).toMatchObject({
      code: 'not-modified-documented',
      severity: 2,
      source: 'conditional-requests',
      codeDescription: { href: 'https://opensource.zalando.com/restful-api-guidelines/#status-code-304' },
    });
    const cause = soleElement(diagnostic.relatedInformation ?? []);
    expect(cause.location.uri).toBe(uri);
    expect(cause.message).toContain('declares ETag');
    expect(diagnostic.message).toContain(`: ${cause.message} (`);
    expect(editor.documentAt(uri).getText(cause.location.range)).toBe('ETag');

    // A cursor on the name of the object that contains the defect selects the defect.
    const start = editor.lineAndColumnOf(uri, 'responses:');
    const actions = await editor.actions(uri, { start, end: start }, { diagnostics: [diagnostic] });
    const fix = fixesIn(actions).get('Add a 304 response (not-modified-documented)');
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: false, diagnostics: [diagnostic] });
    await editor.apply(fix);
    expect(await editor.diagnostics(uri)).toEqual([]);
    expect(editor.documentAt(uri).getText()).toBe(yaml);
  });

  test('in JSON, after an emoji on the same line', async () => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'openapi.json');
    const editor = await started({ folder });
    const data = (content: object) => ({
      openapi: '3.1.0',
      info: { title: '👩‍🚒 🔥', version: '1' },
      paths: {
        '/🔥': {
          get: {
            parameters: [{ name: 'If-None-Match', in: 'header', schema: { type: 'string' } }],
            responses: { '304': { description: '🧯', ...content } },
          },
        },
      },
    });
    const wrong = JSON.stringify(data({ content: { 'application/json': {} } }));
    const document = await editor.open(uri, wrong.replace(',"content":{"application/json":{}}', ''));
    expect(await editor.diagnostics(uri)).toEqual([]);
    await editor.type(uri, '"🧯"', '"🧯","content":{"application/json":{}}');
    const diagnostic = soleElement(await editor.diagnostics(uri));
    expect(diagnostic).toMatchObject({ code: 'not-modified-no-content', severity: 1 });
    expect(document.getText(diagnostic.range)).toBe('"content"');

    const fix = soleElement([...fixesIn(await editor.actions(uri, diagnostic.range, { only: ['quickfix'] })).values()]);
    expect(fix).toMatchObject({ title: 'Remove content (not-modified-no-content)', isPreferred: true });
    await editor.apply(fix);
    expect(await editor.diagnostics(uri)).toEqual([]);
    expect(JSON.parse(document.getText())).toEqual(data({}));
  });

  test('with Windows line breaks', async () => {
    const editor = await started();
    const uri = 'untitled:Untitled-1';
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    const document = await editor.open(uri, crlf(violation('not-modified-documented')));
    const diagnostic = soleElement(await editor.diagnostics(uri));
    await editor.apply(soleElement([...fixesIn(await editor.actions(uri, diagnostic.range)).values()]));
    expect(await editor.diagnostics(uri)).toEqual([]);
    expect(document.getText()).toBe(crlf(yaml));
  });

  test('in an editor with minimal capabilities', async () => {
    const folder = folderWith({ 'openapi.yaml': violation('entity-tag-example') });
    const uri = uriIn(folder, 'openapi.yaml');
    const editor = await started({ folder, capabilities: {} });
    const document = await editor.open(uri, violation('entity-tag-example'));
    const diagnostic = soleElement(await editor.diagnostics(uri));
    const fixes = fixesIn(await editor.actions(uri, diagnostic.range));
    expect([...fixes.keys()]).toEqual([
      expect.stringMatching(/^Replace .* with ".*" \(entity-tag-example\)$/),
      'Make all safe fixes',
    ]);
    for (const { edit } of fixes.values()) {
      const change = soleElement(edit?.changes?.[uri] ?? []);
      const [start, end] = [change.range.start, change.range.end].map((position) => document.offsetAt(position));
      const text = document.getText();
      expect(text.slice(0, start) + change.newText + text.slice(end)).toBe(conforming('entity-tag-example'));
    }
    await editor.connection.sendRequest('workspace/executeCommand', {
      command: 'conditional-requests.explain',
      arguments: ['entity-tag-example'],
    });
    expect(editor.shown).toEqual([expect.stringContaining('Every example, default and fixed value of ETag')]);
  });
});

test('the language server reports the findings of lint, with the same messages, lines and severities', async () => {
  const folder = folderWith({ 'orders.yaml': read('examples/orders.yaml') });
  const uri = uriIn(folder, 'orders.yaml');
  const editor = await started({ folder });
  await editor.open(uri, read('examples/orders.yaml'));
  const results: Pick<Diagnostic, 'code' | 'message' | 'severity' | 'range'>[] = JSON.parse(
    run(folder, 'lint', '-f', 'json', 'orders.yaml').out,
  );
  const diagnostics = await editor.diagnostics(uri);
  const summary = ({ code, message, severity, range }: (typeof results)[number], offset: number) =>
    [range.start.line, code, Number(severity) + offset, message].join(' ');
  expect(diagnostics.map((one) => summary(one, -1)).toSorted()).toEqual(
    results.map((one) => summary(one, 0)).toSorted(),
  );
  expect(results.length).toBeGreaterThan(5);
});

describe('a ruleset of the folder that is a script', () => {
  const text = violation('not-modified-documented');

  test.each([
    ['runs', true, []],
    ['does not run if the folder is not trusted: the recommended rules count', false, ['not-modified-documented']],
  ])('%s', async (_, trusted, codes) => {
    const folder = projectWith({ 'openapi.yaml': text });
    const script = `import { writeFileSync } from 'node:fs';
writeFileSync(${JSON.stringify(join(folder, 'was-run'))}, '');
export default { rules: {} };
`;
    writeFileSync(join(folder, '.spectral.mjs'), script);
    const editor = await started({ folder, initializationOptions: { trusted } });
    const uri = uriIn(folder, 'openapi.yaml');
    await editor.open(uri, text);
    expect(codesOf(await editor.diagnostics(uri))).toEqual(codes);
    expect(existsSync(join(folder, 'was-run'))).toBe(trusted);
    expect(editor.shown.join().includes('is not read, because the folder is not trusted')).toBe(!trusted);
  });
});

test('a guideline of the folder is followed even if the folder is not trusted', async () => {
  const folder = projectWith({ 'guideline.yaml': read('examples/own-guideline/guideline.yaml') });
  const editor = await started({ folder, initializationOptions: { trusted: false } });
  const uri = uriIn(folder, 'openapi.yaml');
  await editor.open(uri, violation('not-modified-documented'));
  expect(soleElement(await editor.diagnostics(uri)).message).toContain('(Example §');
});

describe('a finding about an object is at its name alone, and its fixes are offered everywhere in the object', () => {
  test.each([
    ['YAML', 'openapi.yaml', violation('not-modified-documented'), 'responses'],
    ['JSON', 'openapi.json', JSON.stringify(parse(violation('not-modified-documented')), undefined, 2), '"responses"'],
  ])('in %s', async (_, name, text, mark) => {
    const folder = folderWith({ [name]: text });
    const uri = uriIn(folder, name);
    const editor = await started({ folder });
    const document = await editor.open(uri, text);
    const { range } = soleElement(await editor.diagnostics(uri));
    expect(document.getText(range)).toBe(mark);
    const [written] = JSON.parse(run(folder, 'lint', '-f', 'json', name).out);
    expect(written.range.end.line).toBeGreaterThan(range.end.line + 5);
    const fixesAt = async (line: number) => {
      const position = { line, character: document.getText().split('\n')[line]?.search(/\S/) ?? 0 };
      return [...fixesIn(await editor.actions(uri, { start: position, end: position })).keys()];
    };
    const title = 'Add a 304 response (not-modified-documented)';
    for (let { line } = range.start; line <= written.range.end.line; line++)
      expect(await fixesAt(line)).toEqual([title]);
    expect(await fixesAt(range.start.line - 1)).toEqual([]);
    expect(await fixesAt(written.range.end.line + 1)).toEqual([]);
  });
});

test('source.fixAll makes the same safe fixes as the command fix, in one edit', async () => {
  const folder = folderWith({ 'orders.yaml': read('examples/orders.yaml') });
  const uri = uriIn(folder, 'orders.yaml');
  const editor = await started({ folder });
  const document = await editor.open(uri, read('examples/orders.yaml'));
  await editor.diagnostics(uri);
  const nowhere = { line: 0, character: 0 };
  const all = await editor.actions(uri, { start: nowhere, end: nowhere }, { only: ['source.fixAll'] });
  const unresolved = soleElement(all);
  expect(unresolved).toMatchObject({ kind: 'source.fixAll.conditionalRequests' });
  expect(unresolved.edit).toBeUndefined();
  await editor.apply(unresolved);
  run(folder, 'fix', 'orders.yaml');
  expect(document.getText()).toBe(readFileSync(join(folder, 'orders.yaml'), 'utf8'));
  expect(document.getText()).not.toBe(read('examples/orders.yaml'));
  // Without anything left to fix, no action is offered.
  await editor.diagnostics(uri);
  expect(await editor.actions(uri, { start: nowhere, end: nowhere }, { only: ['source.fixAll'] })).toEqual([]);
});

describe('the language server on a description in several files', () => {
  const operation = (path: string, method: string) => `  ${path}:
    ${method}:
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses:
        '200':
          $ref: './parts/responses.yaml#/Found'
        '304':
          $ref: './parts/responses.yaml#/NotModified'
`;
  const head = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths:\n';
  const found = 'Found:\n  description: found\n  headers:\n    ETag: {schema: {type: string}}\n';
  const shared = `${found}NotModified:\n  description: unchanged\n  headers:\n    ETag: {schema: {type: string}}\n`;
  const wrong = `${shared}  content: {application/json: {}}\n`;
  const files = {
    'a.yaml': head + operation('/a', 'get'),
    'b.yaml': head + operation('/b', 'get'),
    'parts/responses.yaml': shared,
  };

  test('an unsaved edit in a component file changes the diagnostics there, if the description is open', async () => {
    const folder = folderWith(files);
    const editor = await started({ folder });
    const [uri, part] = [uriIn(folder, 'a.yaml'), uriIn(folder, 'parts/responses.yaml')];
    await editor.open(uri, files['a.yaml']);
    expect(await editor.diagnostics(uri)).toEqual([]);
    await editor.open(part, shared);
    await editor.type(
      part,
      '  description: unchanged\n',
      '  description: unchanged\n  content: {application/json: {}}\n',
    );
    const diagnostic = soleElement(await editor.diagnostics(part, hasCode('not-modified-no-content')));
    expect(editor.documentAt(part).getText(diagnostic.range)).toBe('content');

    await editor.apply(soleElement([...fixesIn(await editor.actions(part, diagnostic.range)).values()].slice(0, 1)));
    expect(await editor.diagnostics(part, (all) => all.length === 0)).toEqual([]);
    expect(editor.documentAt(part).getText()).toBe(shared);

    // The findings of the description depend on the content of the component.
    await editor.type(uri, "        '304':\n          $ref: './parts/responses.yaml#/NotModified'\n", '');
    const { code, range, relatedInformation = [] } = soleElement(await editor.diagnostics(uri));
    expect(code).toBe('not-modified-documented');
    expect(editor.documentAt(uri).getText(range)).toBe('responses');
    const { location } = soleElement(relatedInformation);
    expect(location.uri).toBe(part);
    expect(editor.documentAt(part).getText(location.range)).toBe('ETag');
    await editor.type(part, '  headers:\n    ETag: {schema: {type: string}}\n', '');
    await editor.diagnostics(uri, hasCode('not-modified-answers-precondition'));
    await editor.close(part);
    await editor.diagnostics(uri, hasCode('not-modified-documented'));
  });

  test('a component file that is open alone is linted for all descriptions that use it, which get no diagnostics', async () => {
    const folder = folderWith({ ...files, 'c.yaml': violation('not-modified-documented'), 'notes.yaml': 'a: b\n' });
    const editor = await started({ folder });
    const part = uriIn(folder, 'parts/responses.yaml');
    await editor.open(part, wrong);
    const diagnostics = await editor.diagnostics(part, hasCode('not-modified-no-content'));
    expect(codesOf(diagnostics)).toEqual(['not-modified-no-content']);
    expect(new Set(editor.published.map(({ uri }) => uri))).toEqual(new Set([part]));
    await editor.close(part);
    expect(await editor.diagnostics(part, (all) => all.length === 0)).toEqual([]);
  });

  test.each([
    [
      'is offered if every operation that uses the component needs it',
      { a: ['get'], b: ['get'] },
      ['Add ETag (not-modified-repeats-etag)'],
    ],
    ['is not offered if another operation uses the component', { a: ['get', 'put'] }, []],
    ['is not offered if another description uses the component', { a: ['get'], b: ['put'] }, []],
  ])('a fix of a component %s', async (_, users, titles) => {
    const lacking = `${found}NotModified:\n  description: unchanged\n`;
    const descriptions = Object.entries<string[]>(users).map(([name, methods]) => {
      return [`${name}.yaml`, head + methods.map((method) => operation(`/${method}`, method)).join('')];
    });
    const folder = folderWith({ ...Object.fromEntries(descriptions), 'parts/responses.yaml': lacking });
    const editor = await started({ folder });
    const part = uriIn(folder, 'parts/responses.yaml');
    await editor.open(part, lacking);
    const diagnostic = soleElement(await editor.diagnostics(part, (all) => all.length > 0));
    expect(diagnostic.code).toBe('not-modified-repeats-etag');
    const actions = await editor.actions(part, diagnostic.range, { only: ['quickfix'] });
    expect([...fixesIn(actions).keys()]).toEqual(titles);
    expect(actions.map(({ title }) => title)).toContain('Explain not-modified-repeats-etag');
  });

  test('a file that changes or appears on disk refreshes the diagnostics of the descriptions that use it', async () => {
    const folder = folderWith({ 'a.yaml': files['a.yaml'] });
    const editor = await started({ folder });
    const [uri, part] = [uriIn(folder, 'a.yaml'), uriIn(folder, 'responses.yaml')];
    const text = files['a.yaml'].replaceAll('./parts/', './');
    await editor.open(uri, text);
    expect(codesOf(await editor.diagnostics(uri))).toEqual(['invalid-ref', 'invalid-ref']);
    writeFileSync(join(folder, 'responses.yaml'), wrong);
    await editor.notifyOnDisk(join(folder, 'responses.yaml'));
    expect(codesOf(await editor.diagnostics(part))).toEqual(['not-modified-no-content']);
    expect(await editor.diagnostics(uri, (all) => all.length === 0)).toEqual([]);
    writeFileSync(join(folder, 'responses.yaml'), shared);
    await editor.notifyOnDisk(join(folder, 'responses.yaml'));
    expect(await editor.diagnostics(part, (all) => all.length === 0)).toEqual([]);
    rmSync(join(folder, 'responses.yaml'));
    await editor.notifyOnDisk(join(folder, 'responses.yaml'));
    await editor.type(uri, 'title: T', 'title: U');
    expect(codesOf(await editor.diagnostics(uri, (all) => all.length > 0))).toEqual(['invalid-ref', 'invalid-ref']);
  });
});

test('while a document has a syntax error, its findings stay in place and the error is reported', async () => {
  const folder = folderWith({});
  const uri = uriIn(folder, 'openapi.yaml');
  const editor = await started({ folder });
  const document = await editor.open(uri, violation('not-modified-documented'));
  const { range } = soleElement(await editor.diagnostics(uri));

  await editor.type(uri, 'info:', 'info: "never closed\ninfo:');
  const broken = await editor.diagnostics(uri);
  expect(codesOf(broken)).toEqual(['not-modified-documented', 'parser']);
  const stays = broken.find(({ code }) => code === 'not-modified-documented');
  expect(stays?.range.start).toEqual({ ...range.start, line: range.start.line + 1 });
  expect(stays?.range.end).toEqual({ ...range.end, line: range.end.line + 1 });
  expect(broken.find(({ code }) => code === 'parser')?.message).toBe('Unclosed ": its closing " is missing');
  expect(await editor.actions(uri, range)).toEqual([]);

  await editor.type(uri, 'info: "never closed\n', '');
  expect(soleElement(await editor.diagnostics(uri)).range).toEqual(range);
  expect(document.getText()).toBe(violation('not-modified-documented'));
});

test('a document opened with a syntax error is linted once it can be parsed', async () => {
  const editor = await started();
  const uri = 'untitled:Untitled-1';
  await editor.open(uri, `"\n${conforming('not-modified-documented')}`);
  expect(codesOf(await editor.diagnostics(uri))).toEqual(['parser']);
  await editor.type(uri, '"\n', '');
  expect(await editor.diagnostics(uri)).toEqual([]);
  // A document that was never saved has no folder to resolve references from.
  await editor.type(uri, '          description: Not Modified', '          $ref: ./package.json#/responses/304');
  expect(await editor.diagnostics(uri)).toEqual([]);
});

test('a mistyped version is reported, and a description with a duplicate key is not fixed', async () => {
  const folder = folderWith({});
  const [mistyped, twice] = [uriIn(folder, 'mistyped.yaml'), uriIn(folder, 'twice.yaml')];
  const editor = await started({ folder });
  await editor.open(mistyped, violation('not-modified-documented').replace('openapi:', 'opanapi:'));
  expect(codesOf(await editor.diagnostics(mistyped))).toEqual(['unrecognized-format']);
  await editor.type(mistyped, 'opanapi:', 'openapi:');
  expect(codesOf(await editor.diagnostics(mistyped))).toEqual(['not-modified-documented']);

  await editor.open(twice, `${violation('not-modified-documented')}x-a: 1\nx-a: 2\n`);
  const found = await editor.diagnostics(twice);
  expect(codesOf(found)).toEqual(['not-modified-documented', 'parser']);
  const whole = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
  const actions = await editor.actions(twice, whole);
  expect(actions.filter(({ edit }) => edit !== undefined)).toEqual([]);
});

test('a document that is neither a description nor part of one gets no diagnostics', async () => {
  const folder = folderWith({ '.spectral.yaml': 'rules: {}\n' });
  const [notes, description] = [uriIn(folder, 'notes.yaml'), uriIn(folder, 'openapi.yaml')];
  const editor = await started({ folder });
  await editor.open(notes, 'a: [b\n');
  // A ruleset without these rules gives no diagnostics either.
  await editor.open(description, violation('not-modified-documented'));
  expect(await editor.diagnostics(description)).toEqual([]);
  expect(editor.published.map(({ uri }) => uri)).toEqual([description]);
  expect(editor.shown).toEqual([expect.stringContaining('.spectral.yaml contains none of these rules')]);
});

test('a fix that would change another place through an alias is declined when it is chosen', async () => {
  const editor = await started();
  const uri = 'untitled:Untitled-1';
  const text = `openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    get:
      parameters: [{name: If-None-Match, in: header, schema: {type: string}}]
      responses:
        '304': &shared
          description: shared
          content: {application/json: {}}
    post:
      responses:
        '201': *shared
`;
  const document = await editor.open(uri, text);
  const { range } = soleElement(await editor.diagnostics(uri));
  const [fix, , explanation] = await editor.actions(uri, range, { only: ['quickfix'] });
  await editor.apply(explanation);
  expect(editor.shown).toEqual([]);
  await editor.apply(fix);
  expect(editor.shown).toEqual([expect.stringMatching(/^Remove content .*nothing was changed/)]);
  expect(document.getText()).toBe(text);
});

describe('the language server uses the ruleset of the user', () => {
  const rules = (severity: string) =>
    `extends: ${join(root, 'rulesets/recommended.yaml')}\nrules: {not-modified-documented: ${severity}}\n`;

  test('and reads it again when it changes', async () => {
    const folder = folderWith({ '.spectral.yaml': rules('error') });
    const uri = uriIn(folder, 'openapi.yaml');
    const editor = await started({ folder });
    await editor.open(uri, violation('not-modified-documented'));
    const severityIs = (severity: number) => (all: readonly Diagnostic[]) => all[0]?.severity === severity;
    await editor.diagnostics(uri, severityIs(1));
    for (const [name, number] of [...severities.entries()].map(([index, severity]) => [severity, index + 1] as const)) {
      writeFileSync(join(folder, '.spectral.yaml'), rules(name));
      await editor.notifyOnDisk(join(folder, '.spectral.yaml'));
      await editor.diagnostics(uri, severityIs(number));
    }
    writeFileSync(join(folder, '.spectral.yaml'), rules('"off"'));
    await editor.notifyOnDisk(join(folder, '.spectral.yaml'));
    expect(await editor.diagnostics(uri, (all) => all.length === 0)).toEqual([]);

    // While the ruleset has an error, the last valid one stays in use.
    writeFileSync(join(folder, '.spectral.yaml'), 'extends: [[[');
    await editor.notifyOnDisk(join(folder, '.spectral.yaml'));
    await editor.type(uri, 'version:', 'version :');
    expect(await editor.diagnostics(uri)).toEqual([]);
    expect(editor.shown).toEqual([expect.stringContaining('.spectral.yaml: ')]);
    rmSync(join(folder, '.spectral.yaml'));
    await editor.notifyOnDisk(join(folder, '.spectral.yaml'));
    await editor.diagnostics(uri, severityIs(2));
  });

  test('that is nearest to each document, up to the root of the repository', async () => {
    const repository = folderWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.spectral.yaml': rules('hint'),
      'apis/old/.spectral.yaml': rules('info'),
    });
    const editor = await started({ folder: join(repository, 'apis') });
    const severityAt = async (path: string) => {
      const uri = uriIn(repository, path);
      await editor.open(uri, violation('not-modified-documented'));
      return (await editor.diagnostics(uri, hasCode('not-modified-documented')))[0]?.severity;
    };
    expect(await severityAt('apis/openapi.yaml')).toBe(4);
    expect(await severityAt('apis/old/v1/openapi.yaml')).toBe(3);
    writeFileSync(join(repository, 'apis/old/.spectral.yaml'), rules('error'));
    await editor.notifyOnDisk(join(repository, 'apis/old/.spectral.yaml'));
    await editor.diagnostics(uriIn(repository, 'apis/old/v1/openapi.yaml'), (all) => all[0]?.severity === 1);
  });

  test('or the ruleset in the settings of the editor', async () => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'openapi.yaml');
    const editor = await started({ folder, initializationOptions: { ruleset: 'zalando' } });
    await editor.open(uri, violation('cacheable-without-expires'));
    await editor.diagnostics(uri, hasCode('cacheable-without-expires'));
    const settings = { conditionalRequests: { ruleset: 'haufe' } };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await editor.diagnostics(uri, (all) => !hasCode('cacheable-without-expires')(all));
    // Settings without an entry for the server change nothing.
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await editor.type(uri, 'version:', 'version :');
    expect(codesOf(await editor.diagnostics(uri))).not.toContain('cacheable-without-expires');
  });
});

describe('for a document outside the workspace folders', () => {
  const script = "require('node:fs').writeFileSync(require('node:path').join(__dirname, 'was-run'), '');\n";

  test.each([undefined, folderWith({})])('a ruleset file beside the document is not used: %s', async (folder) => {
    const elsewhere = folderWith({ '.spectral.js': script });
    const editor = await started(folder === undefined ? {} : { folder });
    const uri = uriIn(elsewhere, 'openapi.yaml');
    await editor.open(uri, violation('not-modified-documented'));
    await editor.diagnostics(uri, hasCode('not-modified-documented'));
    expect(existsSync(join(elsewhere, 'was-run'))).toBe(false);
  });
});

describe('the language server explains', () => {
  test('a response, a header or a parameter on hover, in the words of the guidelines', async () => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'openapi.yaml');
    const editor = await started({ folder });
    const text = read('examples/orders.yaml');
    await editor.open(uri, text);
    expect(await editor.hover(uri, "'304':")).toContain(
      'RFC 9110, [§15.4.5 304 Not Modified](https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.5): ',
    );
    expect(await editor.hover(uri, 'ETag:')).toContain('[not-modified-documented](https://');
    expect(await editor.hover(uri, 'If-Modified-Since')).toContain('rfc9110.html#section-13.1.3');
    expect(await editor.hover(uri, 'openapi:')).toBeUndefined();
    expect(await editor.hover(uri, "'200':")).toBeUndefined();

    const json = uriIn(folder, 'openapi.json');
    await editor.open(json, read('examples/orders.json'));
    expect(await editor.hover(json, '"304":')).toBe(await editor.hover(uri, "'304':"));
    expect(await editor.hover(json, '"If-Modified-Since"')).toBe(await editor.hover(uri, 'If-Modified-Since'));
  });

  test('a rule on request, by opening its page in the reference', async () => {
    const editor = await started();
    const command = 'conditional-requests.explain';
    await editor.connection.sendRequest('workspace/executeCommand', { command, arguments: ['precondition-optional'] });
    const [, file = '', line = ''] = /^file:\/\/(.*)#(\d+)$/.exec(soleElement(editor.shown)) ?? [];
    expect(readFileSync(file, 'utf8').split('\n')[Number(line)]).toBe('## precondition-optional');
    await editor.connection.sendRequest('workspace/executeCommand', { command, arguments: ['no-such-rule'] });
    expect(editor.shown.length).toBe(1);
  });
});

describe('the language server escapes what a description from a stranger contains', () => {
  test.each([
    ['a command for GitHub Actions', '\n::error file=x::'],
    ['an old command of a CI service', '##[error]'],
    ['an escape sequence', '\u001B[31m'],
    ['the title of a window', '\u001B]0;owned\u0007'],
    ['a mark of writing direction', '\u202E'],
    ['a link in Markdown', '\r\n[x](command:y)'],
  ])('%s', async (_, text) => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'openapi.json');
    const tag = { schema: { type: 'string' }, example: `33${text}a6` };
    const get = {
      operationId: `get${text}`,
      parameters: [{ name: `ETag${text}`, in: 'header', schema: { type: 'string' } }],
      responses: {
        '200': { description: text, headers: { ETag: tag, [`ETag${text}`]: tag } },
        [`304${text}`]: { description: text },
        '412': { $ref: `#/components/responses/${text}` },
        '428': { $ref: `part${text}.yaml#/${text}` },
        '304': { description: text, content: { [text]: {} } },
      },
    };
    const info = { title: text, version: text };
    const description = JSON.stringify({ openapi: '3.0.3', info, paths: { [`/a${text}`]: { get } } }, null, 2);
    const editor = await started({ folder });
    const name = JSON.stringify(`x-${text}`);
    await editor.open(
      uri,
      description.replace(/\}$/, () => `, ${name}: 1, ${name}: 2}`),
    );
    const diagnostics = await editor.diagnostics(uri);
    expect(codesOf(diagnostics)).toEqual(
      expect.arrayContaining(['entity-tag-example', 'invalid-ref', 'not-modified-no-content', 'parser']),
    );
    await editor.open(uriIn(folder, 'fixable.json'), description);
    await editor.diagnostics(uriIn(folder, 'fixable.json'));
    const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
    const actions = await editor.actions(uriIn(folder, 'fixable.json'), whole);
    expect(actions.length).toBeGreaterThan(2);
    await editor.type(uri, '"openapi"', '"openapi');
    const broken = await editor.diagnostics(uri);
    const hovers = [
      `"ETag${JSON.stringify(text).slice(1, -1)}`,
      `"304${JSON.stringify(text).slice(1, -1)}`,
      '"304": {',
      '"ETag": {',
    ];
    const hovered = await Promise.all(hovers.map((at) => editor.hover(uriIn(folder, 'fixable.json'), at)));
    const lines = [...diagnostics, ...broken].flatMap(({ message, relatedInformation = [] }) => [
      message,
      ...relatedInformation.map((related) => related.message),
    ]);
    const said = [
      ...lines,
      ...actions.map(({ title }) => title),
      ...hovered.flatMap((hover = '') => hover.split('\n')),
      ...editor.shown,
    ];
    for (const line of said) expect(line).toBe(visible(String(line)));
    expect(hovered.join('')).not.toContain('command:');
  });
});

describe('fast typing', () => {
  test('causes one run of lint, not one for each character', async () => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'openapi.yaml');
    const editor = await started({ folder });
    const document = await editor.open(uri, violation('not-modified-documented'));
    await editor.diagnostics(uri);
    const before = editor.published.length;
    for (const character of '0123456789') {
      const position = editor.lineAndColumnOf(uri, 'openapi:');
      await editor.change(uri, { start: position, end: position }, `# ${character}\n`);
      await setTimeout(20);
    }
    await editor.diagnostics(uri);
    await setTimeout(300);
    expect(editor.published.slice(before).map(({ version }) => version)).toEqual([document.version]);
  });

  test('cancels a run of lint at the next change, even if no request waits for it', async () => {
    const folder = folderWith({});
    const uri = uriIn(folder, 'openapi.yaml');
    const editor = await started({ folder, initializationOptions: { debounce: 0 } });
    const document = await editor.open(uri, read('examples/orders.yaml'));
    await editor.diagnostics(uri);
    const before = editor.published.length;
    const start = { line: 0, character: 0 };
    await Promise.all(Array.from({ length: 50 }, () => editor.change(uri, { start, end: start }, '#\n')));
    await editor.diagnostics(uri);
    const versions = editor.published.slice(before).map(({ version }) => version);
    expect(versions.at(-1)).toBe(document.version);
    expect(versions.length).toBeLessThan(10);
  });
});

describe('the language server starts and exits as the protocol specifies', () => {
  test('it announces its capabilities', async () => {
    const editor = await started();
    expect(editor.initialized).toMatchObject({
      serverInfo: { name: 'conditional-requests', version: JSON.parse(read('package.json')).version },
      capabilities: { positionEncoding: 'utf-16', textDocumentSync: { openClose: true, change: 2 } },
    });
    expect(await editor.stop()).toBe(0);
  });

  test.each([
    [
      'it exits with 1 if the editor tells it to exit without a shutdown',
      (editor: Client) => editor.connection.sendNotification('exit'),
    ],
    ['it exits with 1 if the editor is gone', (editor: Client) => editor.server.stdin?.end()],
  ])('%s', async (_, end) => {
    const editor = await started();
    void end(editor);
    const [code] = await once(editor.server, 'exit');
    expect(code).toBe(1);
  });

  test('a start without --stdio is an error', async () => {
    const server = spawn(process.execPath, [cli, 'language-server']);
    const said: unknown[] = [];
    server.stderr.on('data', (text) => said.push(String(text)));
    const [code] = await once(server, 'close');
    expect([code, said.join('')]).toEqual([2, expect.stringContaining('--stdio')]);
  });
});
