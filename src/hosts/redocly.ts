import { dirname, resolve } from 'node:path';
import { catalogue } from '../catalogue.js';
import { check } from '../check.js';
import { isRemote } from '../files/address.js';
import { readTextFile } from '../files/reading.js';
import { TextFile } from '../files/text-file.js';
import type { Guideline } from '../guidelines/guideline.js';
import type { Severity } from '../guidelines/citation.js';
import { isObject, pointerOf } from '../json.js';
import { Description } from '../model/description.js';
import type { Place } from '../model/place.js';
import type { Reader, Source } from '../model/source.js';
import type { Rule } from '../rule.js';
import { guidelineOf, type RulesetName, rulesetNames, rulesOf } from '../rulesets.js';
import { sectionFor } from '../sources.js';

/** The id of the plugin, with which the names of its rules and configurations begin. */
const pluginId = 'conditional-requests';

// Redocly's own types are not used: they would make the package depend on Redocly.

/** A file that Redocly has read. */
interface RedoclySource {
  /** Its absolute path, or its URL. */
  readonly absoluteRef: string;
  readonly body: string;
}

type RedoclySourceClass = new (absoluteRef: string, body: string) => RedoclySource;

/** Where a problem is: a JSON Pointer that begins with `#/`. */
interface RedoclyLocation {
  readonly source: RedoclySource;
  readonly pointer?: string;
  readonly reportOnKey?: boolean;
}

/** What Redocly passes to the visitor of a rule. */
interface RedoclyContext {
  readonly location: RedoclyLocation;
  /** Follows a `$ref` that stands in a document. It is another function for each description and each run. */
  resolve(reference: { readonly $ref: string }, from: string): { readonly location?: RedoclyLocation | undefined };
  report(problem: { readonly message: string; readonly location: RedoclyLocation; readonly reference?: string }): void;
}

/** What the configuration says of a rule. */
interface RuleSettings {
  /** The name of the guideline that messages name first, and link to. */
  readonly guideline?: string;
}

interface RedoclyVisitor {
  readonly Root: { leave(root: unknown, context: RedoclyContext): void };
}

/** A plugin for Redocly CLI. */
export interface RedoclyPlugin {
  readonly id: string;
  readonly rules: Readonly<
    Record<'oas2' | 'oas3', Readonly<Record<string, (settings: RuleSettings) => RedoclyVisitor>>>
  >;
  readonly configs: Readonly<Record<string, { readonly rules: Readonly<Record<string, object>> }>>;
}

/** The documents of a description, as Redocly has read them to follow its `$ref`s. */
class RedoclyDocuments implements Reader {
  readonly root: Source;
  readonly #context: RedoclyContext;
  readonly #byAddress = new Map<string, Source | undefined>();
  readonly #sources = new Map<Source, RedoclySource>();
  /** The `$ref`s of each document, by the document that they name. */
  readonly #references = new Map<Source, ReadonlyMap<string, ReadonlySet<string>>>();

  /** @param data the description, as Redocly has parsed it */
  constructor(data: unknown, context: RedoclyContext) {
    const { source } = context.location;
    this.#context = context;
    this.root = { uri: source.absoluteRef, data, length: source.body.length };
    this.#byAddress.set(source.absoluteRef, this.root);
    this.#sources.set(this.root, source);
  }

  open(reference: string, from: Source): Source | undefined {
    const address = redoclyAddressOf(reference, from.uri ?? '');
    if (address === undefined) return undefined;
    if (!this.#byAddress.has(address)) this.#byAddress.set(address, this.#documentAt(address, reference, from));
    return this.#byAddress.get(address);
  }

  /** Where Redocly shows a place: at its name, unless it is a scalar or the item of an array. That is the line that `lint` gives. */
  locationOf({ source, path, value }: Place): RedoclyLocation {
    const reportOnKey = typeof value === 'object' && value !== null;
    return { source: this.#sources.get(source) as RedoclySource, pointer: `#/${pointerOf(path)}`, reportOnKey };
  }

  #documentAt(address: string, reference: string, from: Source): Source | undefined {
    const source = this.#sourceAt(address, reference, from) ?? this.#sourceOnDisk(address);
    if (source === undefined) return undefined;
    try {
      const document = new TextFile(address, source.body);
      this.#sources.set(document, source);
      return document;
    } catch {
      // Redocly reports what cannot be read.
      return undefined;
    }
  }

  /** Redocly finds documents by whole `$ref`s that stand in the description, and follows the `$ref`s that these lead to. */
  #sourceAt(address: string, reference: string, from: Source): RedoclySource | undefined {
    for (const $ref of this.#referencesIn(from).get(reference) ?? []) {
      const source = this.#context.resolve({ $ref }, from.uri ?? '').location?.source;
      if (source?.absoluteRef === address) return source;
    }
    return undefined;
  }

  /** A file in which only further `$ref`s are used, so that Redocly tells nothing of it. */
  #sourceOnDisk(address: string): RedoclySource | undefined {
    if (isRemote(address)) return undefined;
    try {
      const SourceClass = this.#context.location.source.constructor as RedoclySourceClass;
      return new SourceClass(address, readTextFile(address).text.replaceAll('\r\n', '\n'));
    } catch {
      return undefined;
    }
  }

  #referencesIn(source: Source): ReadonlyMap<string, ReadonlySet<string>> {
    const found = this.#references.get(source) ?? referencesByDocument(source.data);
    this.#references.set(source, found);
    return found;
  }
}

/** The address of a document that a `$ref` names, as Redocly resolves it: nothing is decoded. `undefined` if it is no address. */
function redoclyAddressOf(reference: string, base: string): string | undefined {
  if (!isRemote(base) && !isRemote(reference)) return resolve(dirname(base), reference);
  const absolute = isRemote(base) ? base : undefined;
  return URL.canParse(reference, absolute) ? new URL(reference, absolute).href : undefined;
}

/** The `$ref`s in some data, by the document that they name. */
function referencesByDocument(data: unknown): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const queue: unknown[] = [data];
  const seen = new Set<unknown>();
  for (const value of queue) {
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const reference = isObject(value) ? value['$ref'] : undefined;
    if (typeof reference === 'string') {
      const [document = ''] = reference.split('#', 1);
      found.set(document, (found.get(document) ?? new Set()).add(reference));
    }
    for (const member of Object.values(value)) queue.push(member);
  }
  return found;
}

/** A description that is being linted. */
interface Linted {
  readonly documents: RedoclyDocuments;
  readonly description: Description;
  /** Whether a report has said that the description is too large. */
  isToldTooLarge: boolean;
}

/** The descriptions that are being linted. All rules share one model of each. */
const descriptions = new WeakMap<RedoclyContext['resolve'], Linted>();

function lintedIn(data: unknown, context: RedoclyContext): Linted {
  const known = descriptions.get(context.resolve);
  if (known !== undefined) return known;
  const documents = new RedoclyDocuments(data, context);
  const linted = { documents, description: new Description(documents.root, documents), isToldTooLarge: false };
  descriptions.set(context.resolve, linted);
  return linted;
}

/** A rule of the catalogue as one of Redocly's. */
function redoclyRule(rule: Rule): (settings: RuleSettings) => RedoclyVisitor {
  return ({ guideline: name }) => {
    const follows = [(name !== undefined && guidelineOf(name)) || []].flat();
    return { Root: { leave: (data, context) => runRule(rule, follows, data, context) } };
  };
}

function runRule(rule: Rule, follows: readonly Guideline[], data: unknown, context: RedoclyContext): void {
  const linted = lintedIn(data, context);
  const { description, documents } = linted;
  for (const { message, place } of check(rule, description, follows))
    context.report({ message, location: documents.locationOf(place), reference: sectionFor(rule, follows).url });
  const { whyTooLarge } = description;
  if (whyTooLarge === undefined || linted.isToldTooLarge) return;
  linted.isToldTooLarge = true;
  context.report({ message: `The description: ${whyTooLarge}.`, location: context.location });
}

/** Redocly knows no severity below a warning. */
function redoclySeverity(severity: Severity): 'error' | 'warn' {
  return severity === 'error' ? 'error' : 'warn';
}

const redoclyRules = Object.fromEntries(catalogue.map((rule) => [rule.id, redoclyRule(rule)]));

/** The configuration for a ruleset. */
function configFor(name: RulesetName): { rules: Record<string, object> } {
  const rules = rulesOf(name).map(({ rule, severity }) => {
    const guideline = guidelineOf(name) && { guideline: name };
    return [`${pluginId}/${rule.id}`, { severity: redoclySeverity(severity), ...guideline }];
  });
  return { rules: Object.fromEntries(rules) };
}

/** A configuration for each ruleset, by its name. Redocly asks for those that are extended; to make all takes as long as to read the rules. */
const configs: RedoclyPlugin['configs'] = Object.defineProperties(
  {},
  Object.fromEntries(rulesetNames.map((name) => [name, { enumerable: true, get: () => configFor(name) }])),
);

/**
 * The plugin for Redocly CLI, which calls this function. In `redocly.yaml`, `plugins` names the module, and `extends` a configuration:
 * `conditional-requests/recommended`, `conditional-requests/all`, or `conditional-requests/` and the name of a guideline.
 */
export default function redoclyPlugin(): RedoclyPlugin {
  return { id: pluginId, rules: { oas2: redoclyRules, oas3: redoclyRules }, configs };
}
