import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guidelineInText, safeFixes, shownIn } from '../../../src/hosts/vscode-extension/in-process.js';
import { folderWith, read, severalFiles } from '../../files.js';
import { run } from '../cli/run.js';

const orders = read('examples/orders.yaml');
const uri = 'vscode-vfs://example.com/shop/openapi.yaml';

/** The text of a range within a line. */
function textIn(
  text: string,
  { start, end }: { start: { line: number; character: number }; end: { character: number } },
) {
  return text.split('\n')[start.line]?.slice(start.character, end.character);
}

describe('without a server, the extension shows', () => {
  test('what lint finds in a description, at the names of objects', async () => {
    const results: { code: string; message: string; range: { start: { line: number } } }[] = JSON.parse(
      run(folderWith({ 'openapi.yaml': orders }), 'lint', '-f', 'json', 'openapi.yaml').out,
    );
    const shown = await shownIn(uri, orders, {});
    expect(shown.map(({ code, message, mark }) => [mark.start.line, code, message].join(' ')).toSorted()).toEqual(
      results.map(({ code, message, range }) => [range.start.line, code, message].join(' ')).toSorted(),
    );
    const of = (code: string) => shown.find((one) => one.code === code);
    expect(textIn(orders, of('not-modified-documented')?.mark as never)).toBe('responses');
    expect(textIn(orders, of('not-modified-no-content')?.mark as never)).toBe('content');
    expect(of('not-modified-no-content')).toMatchObject({ severity: 'error', url: expect.stringMatching(/^https:/) });
    expect(of('not-modified-no-content')?.fix?.isSafe).toBe(true);
  });

  test('what depends on other documents, which it reads, but not what is found in them', async () => {
    const asked: string[] = [];
    const readDocument = (at: string) => {
      asked.push(at);
      return severalFiles[at.replace('vscode-vfs://example.com/shop/', '')];
    };
    const shown = await shownIn(uri, severalFiles['openapi.yaml'] ?? '', { read: readDocument });
    expect(asked).toContain('vscode-vfs://example.com/shop/shared/responses.yaml');
    const results: { code: string; source: string }[] = JSON.parse(
      run(folderWith(severalFiles), 'lint', '-f', 'json', 'openapi.yaml').out,
    );
    const inEntry = results.filter(({ source }) => source.endsWith('openapi.yaml'));
    expect(inEntry.length).toBeLessThan(results.length);
    expect(shown.map(({ code }) => code).toSorted()).toEqual(inEntry.map(({ code }) => code).toSorted());
  });

  test('a mistyped version and a mistake in the text', async () => {
    expect(await shownIn(uri, "openapi: '3,0'\ninfo: {}\npaths: {}\n", {})).toMatchObject([
      { code: 'unrecognized-format', severity: 'error', mark: { start: { line: 0 } } },
    ]);
    expect(await shownIn(uri, 'openapi: 3.0.3\npaths: {\n', {})).toMatchObject([{ code: 'parser', severity: 'error' }]);
  });

  test.each(['{"name": "shop", "version": "1.0.0"}', '- swagger\n- openapi\n', ''])(
    'nothing in another document: %j',
    async (text) => {
      expect(await shownIn(uri, text, {})).toEqual([]);
    },
  );

  test('what the guideline asks for that the settings name', async () => {
    const ruleset = guidelineInText('guideline.yaml', read('examples/own-guideline/guideline.yaml'));
    const [first] = await shownIn(uri, read('examples/not-modified-documented/violation.yaml'), { ruleset });
    expect(first?.message).toContain('(Example §');
    await expect(shownIn(uri, orders, { ruleset: 'nobody' as never })).rejects.toThrow(TypeError);
  });
});

test('without a server, the extension makes the safe fixes that fix makes', async () => {
  const folder = folderWith({ 'openapi.yaml': orders });
  run(folder, 'fix', 'openapi.yaml');
  const lines = orders.split('\n');
  const offsetOf = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, text) => sum + text.length + 1, character);
  const edits = await safeFixes(uri, orders, {});
  const fixed = edits.toReversed().reduce((text, { range, text: replacement }) => {
    return text.slice(0, offsetOf(range.start)) + replacement + text.slice(offsetOf(range.end));
  }, orders);
  expect(fixed).toBe(readFileSync(join(folder, 'openapi.yaml'), 'utf8'));
  expect(fixed).not.toBe(orders);
});
