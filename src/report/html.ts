import { ruleCalled } from '../catalogue.js';
import { counted } from '../counted.js';
import { addToGroup } from '../grouping.js';
import { citationsOf } from '../sources.js';
import { visible } from '../visible-text.js';
import type { Changes, ReportChanges } from './changes.js';
import { lackInWords, type Measure, measures, percent, signed } from './measures.js';
import { promiseHeads, promiseRows, type SeenPromises } from './promises.js';
import type { ApiReport, Counts, LackingOperation, Report } from './report.js';

/** How many operations of an API with the same gap the page lists at most. The report in JSON lists all. */
const mostListed = 100;

/**
 * A report as one web page: it needs no network and no script, and follows the reader's choice of light or dark.
 *
 * @param changes what has changed since an earlier report
 */
export function reportPage(report: Report, changes?: ReportChanges): string {
  const { total, apis, guidelines, opportunities, promises, unread } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conditional requests: ${counted(apis.length, 'API')}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Conditional requests in ${counted(apis.length, 'API')}</h1>
<p>A client that revalidates what it has saves the transfer. A client that guards its updates overwrites nobody’s. This is how far the descriptions promise both.</p>
${totals(total, changes?.total)}
${promises === undefined ? '' : `<h2 id="promises">Promised and seen</h2>\n${promiseTable(promises)}`}
<h2 id="fixes">What to do first</h2>
${
  opportunities.length === 0
    ? '<p>No fix is left to make.</p>'
    : `<ol>\n${opportunities.map((one) => `<li>${opportunity(one)}</li>`).join('\n')}\n</ol>`
}
<h2 id="guidelines">Who asks for what is missing</h2>
${table(
  'Findings under each guideline',
  ['Guideline', 'Errors', 'Warnings', 'Other findings', 'APIs with errors or warnings'],
  guidelines.map(({ name, errors, warnings, others, apis: count }) => [
    `<th scope="row">${text(name)}</th>`,
    ...[errors, warnings, others, count].map((number) => `<td class="n">${number}</td>`),
  ]),
)}
<h2 id="apis">API by API</h2>
${table(
  'How much of each API promises conditional requests',
  ['API', ...measures.map(({ name }) => name)],
  apis.map((api, index) => row(api, index, changes)),
)}
${gone(changes)}
${unread.length === 0 ? '' : `<h2 id="unread">Not read</h2>\n<ul>\n${unread.map(({ file, reason }) => `<li><code>${text(file)}</code>: ${text(reason)}</li>`).join('\n')}\n</ul>`}
<h2 id="operations">What the operations lack</h2>
${apis.map((api, index) => (api.operations.length === 0 ? '' : section(api, index))).join('\n')}
</main>
</body>
</html>
`;
}

function totals(total: Counts, changes: Changes | undefined): string {
  const tiles = measures.map((measure) => {
    const share = percent(total[measure.has], total[measure.of]);
    return `<div class="tile"><p class="share">${share === undefined ? '–' : `${share} %`}${change(changes?.[measure.has])}</p>${bar(measure, total)}<p>${total[measure.has]} of ${counted(total[measure.of], measure.of === 'reads' ? 'read' : 'write')} ${measure.have}</p></div>`;
  });
  return `<div class="tiles">\n${tiles.join('\n')}\n</div>`;
}

/** How many reads of the description keep what it promises. */
function promiseTable(promises: SeenPromises): string {
  const rows = promiseRows(promises).map(([state = '', ...numbers]) => [
    `<th scope="row">${text(state)}</th>`,
    ...numbers.map((number) => `<td class="n">${number}</td>`),
  ]);
  return table('What was seen of the server, in numbers of reads', ['State', ...promiseHeads], rows);
}

function opportunity({ file, rule, operations, isSafe }: Report['opportunities'][number]): string {
  const command = `conditional-requests fix --rule ${rule} ${quoted(file)}`;
  const kind = isSafe ? 'only corrects the description' : 'says something about the server, which you have to know';
  return `<code>${text(rule)}</code> in <code>${text(file)}</code>: ${counted(operations, 'operation')}. The fix ${kind}.<br><code class="command">${text(command)}</code>`;
}

function row(api: ApiReport, index: number, changes: ReportChanges | undefined): string[] {
  const { file, title, version } = api;
  const before = changes?.apis.get(file);
  const isNew = changes !== undefined && before === undefined;
  const name = `<th scope="row">${text(title)} ${text(version)}${isNew ? ' <span class="change">new</span>' : ''}<br><a href="${address(file)}"><code>${text(file)}</code></a></th>`;
  const cells = measures.map((measure) => {
    const all = api[measure.of];
    if (all === 0) return '<td class="none">none</td>';
    const words = `${api[measure.has]} of ${all}`;
    const link = api[measure.has] === all ? words : `<a href="#api-${index}">${words}</a>`;
    return `<td>${link}${change(before?.[measure.has])}${bar(measure, api)}</td>`;
  });
  return [name, ...cells];
}

/** A bar for a share. Screen readers get the numbers beside it. */
function bar({ has, of }: Measure, counts: Counts): string {
  const width = counts[of] === 0 ? 0 : (100 * counts[has]) / counts[of];
  return `<svg aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none"><rect class="all" width="100" height="6"/><rect class="has" width="${Math.round(width * 10) / 10}" height="6"/></svg>`;
}

/** The operations of an API that lack something, grouped by what they lack. */
function section({ title, file, operations, findings }: ApiReport, index: number): string {
  const groups = new Map<string, LackingOperation[]>();
  for (const operation of operations) {
    const gap = operation.lacks.map((lack) => lackInWords[lack]).join(', ');
    addToGroup(groups, gap, operation);
  }
  const lists = [...groups].map(([gap, here]) => {
    const items = here.slice(0, mostListed).map(({ operation, line, file: place }) => {
      return `<li><a href="${address(place)}#L${line}">${text(operation)}</a> ${place === file ? '' : `<code>${text(place)}</code> `}line ${line}`;
    });
    const rest = here.length > mostListed ? `<li>and ${here.length - mostListed} more, in the report as JSON` : '';
    return `<h4>${text(gap)}: ${here.length}</h4>\n<ul>\n${items.join('\n')}\n${rest}</ul>`;
  });
  // Browsers open the element when a link leads to something in it.
  return `<details><summary>${text(title)} <code>${text(file)}</code>: ${counted(operations.length, 'operation')}</summary>\n<div id="api-${index}">\n${asked(findings)}${lists.join('\n')}\n</div></details>`;
}

/** The findings of an API, by rule, each with the guidelines that ask for it. */
function asked(findings: ApiReport['findings']): string {
  const items = Object.entries(findings).map(([id, count]) => {
    const rule = ruleCalled(id);
    const who = rule === undefined ? [] : citationsOf(rule).map(({ publication }) => publication.label);
    return `<li><code>${text(id)}</code>: ${count} (asked for by ${text([...new Set(who)].join(', '))})`;
  });
  return items.length === 0 ? '' : `<h4>findings</h4>\n<ul>\n${items.join('\n')}\n</ul>\n`;
}

function gone(changes: ReportChanges | undefined): string {
  if (changes === undefined || changes.gone.length === 0) return '';
  return `<p>No longer there: ${changes.gone.map((file) => `<code>${text(file)}</code>`).join(', ')}.</p>`;
}

function change(by: number | undefined): string {
  const shown = signed(by);
  return shown === '' ? '' : ` <span class="change">${shown}</span>`;
}

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${text(name)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.join('')}</tr>`).join('\n');
  return `<div class="wide" role="region" aria-label="${text(caption)}" tabindex="0"><table>\n<caption>${text(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`;
}

/** A path, quoted for a shell. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** A text in HTML. Control characters, which HTML must not have, are written as escapes. */
function text(value: string): string {
  return visible(value).replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** The address of a file, relative to the page. */
function address(path: string): string {
  return text(path.includes('://') ? path : path.split('/').map(encodeURIComponent).join('/'));
}

const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --dim: #595959; --line: #d0d0d0; --has: #1f6f43; --all: #e3e3e3; --link: #0b57a4 }
@media (prefers-color-scheme: dark) { :root { --paper: #161616; --ink: #ececec; --dim: #b0b0b0; --line: #444; --has: #5fbf8a; --all: #3a3a3a; --link: #8cc4ff } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 75rem; margin: auto; padding: 1rem }
h1 { font-size: 1.6rem; line-height: 1.2 } h2 { margin-top: 2.5rem; font-size: 1.25rem } h4 { margin: 1rem 0 0; font-size: 1rem }
a { color: var(--link) }
code { font-size: .875em; overflow-wrap: anywhere }
.command { display: inline-block; color: var(--dim) }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem }
.tile { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem } .tile p { margin: .25rem 0 }
.share { font-size: 2rem; font-weight: 600; line-height: 1.2 }
.change { font-size: .875rem; font-weight: 600; color: var(--dim); border: 1px solid var(--line); border-radius: 1rem; padding: 0 .5rem; white-space: nowrap }
svg { display: block; width: 100%; min-width: 4rem; height: .5rem; border-radius: .25rem; margin: .25rem 0 } .all { fill: var(--all) } .has { fill: var(--has) }
.wide { overflow-x: auto }
table { border-collapse: collapse; width: 100% } caption { text-align: left; color: var(--dim); padding: .25rem 0 }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line) } th[scope=row] { font-weight: 500; min-width: 12rem }
.n { font-variant-numeric: tabular-nums } .none { color: var(--dim) }
li { overflow-wrap: anywhere; margin: .25rem 0 } details { border-bottom: 1px solid var(--line); padding: .5rem 0 } summary { cursor: pointer }
details > div:target { outline: 2px solid var(--link); outline-offset: .25rem }
@media print { body { font-size: 11px } main { max-width: none } .wide { overflow: visible } svg { print-color-adjust: exact } tr, .tile, li { break-inside: avoid } details::details-content { content-visibility: visible; block-size: auto } }
`;
