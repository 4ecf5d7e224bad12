import { fix, guidelines, lint } from 'spectral-conditional-requests/api';

const [description, ruleset, status, findings, safe, suggested] = [
  'description',
  'ruleset',
  'status',
  'findings',
  'safe',
  'suggested',
].map((id) => document.getElementById(id));

/** How long nobody types before the text is linted, in milliseconds. */
const pause = 150;

const rulesets = [
  ['recommended', 'recommended'],
  ...guidelines.map(({ name, who }) => [name, who]),
  ['all', 'all rules'],
];
for (const [name, label] of rulesets) ruleset.append(new Option(label, name));

description.value = `openapi: 3.1.0
info:
  title: Orders
  version: '1'
paths:
  /orders/{orderId}:
    get:
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
      responses:
        '200':
          description: The order
          headers:
            ETag:
              schema: { type: string }
              example: 33a64df5
    put:
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
      responses:
        '204': { description: The order has been changed }
`;

/** The offset of a position: UTF-16 code units, as in `value` of a text area. */
function offsetAt(text, { line, character }) {
  let start = 0;
  for (let left = line; left > 0; left--) start = text.indexOf('\n', start) + 1;
  return start + character;
}

function select({ start, end }) {
  const text = description.value;
  description.focus();
  description.setSelectionRange(offsetAt(text, start), offsetAt(text, end));
}

/** Makes edits as if they were typed, so that the browser can undo them. The last comes first: the others stay where they are. */
function edit(edits) {
  for (const { range, text } of edits.toReversed()) {
    select(range);
    if (text === '') document.execCommand('delete');
    else document.execCommand('insertText', false, text);
  }
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function button(text, act) {
  const made = element('button', { type: 'button', textContent: text });
  made.addEventListener('click', act);
  return made;
}

function itemOf({ rule, code, severity = 'error', statement, message, sources, url, range, fix: own }) {
  const actions = [button(`Go to line ${range.start.line + 1}`, () => select(range))];
  if (own !== undefined) actions.push(button(own.isSafe ? 'Fix' : 'Fix as suggested', () => edit(own.edits)));
  const links = url === undefined ? [] : [element('a', { href: url, textContent: sources.join(', ') })];
  return element(
    'li',
    { className: severity },
    element('span', { className: 'rule', textContent: `${severity}: ${rule ?? code}` }),
    element('p', { textContent: statement ?? message }),
    element('div', { className: 'bar' }, ...actions, ...links),
  );
}

let runs = 0;

async function show() {
  const run = ++runs;
  const result = await lint(description.value, { ruleset: ruleset.value, fixes: true });
  // Somebody has typed since.
  if (run !== runs) return;
  const all = [...result.problems, ...result.findings];
  findings.replaceChildren(...all.map(itemOf));
  safe.disabled = !result.findings.some(({ fixKind }) => fixKind === 'safe');
  suggested.disabled = !result.findings.some(({ fixKind }) => fixKind === 'safe' || fixKind === 'suggested');
  status.textContent = all.length === 0 ? 'Nothing found.' : `${all.length} found.`;
}

async function fixAll(settings) {
  const { changed } = await fix(description.value, { ruleset: ruleset.value, ...settings });
  for (const { edits } of changed) edit(edits);
}

let timer;
description.addEventListener('input', () => {
  clearTimeout(timer);
  timer = setTimeout(show, pause);
});
ruleset.addEventListener('change', show);
safe.addEventListener('click', () => fixAll({}));
suggested.addEventListener('click', () => fixAll({ suggested: true }));
await show();
