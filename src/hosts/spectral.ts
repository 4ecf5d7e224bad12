import type { Format, RulesetDefinition, RulesetFunctionContext } from '@stoplight/spectral-core';
import { catalogue } from '../catalogue.js';
import { check } from '../check.js';
import type { Guideline } from '../guidelines/guideline.js';
import type { Severity } from '../guidelines/citation.js';
import { ownGuideline, type OwnGuidelineText } from '../guidelines/own-guideline.js';
import type { Path } from '../json.js';
import { Description } from '../model/description.js';
import type { Place } from '../model/place.js';
import type { Reader, Source } from '../model/source.js';
import { isOpenApi, isSwagger } from '../model/specification-version.js';
import type { Rule } from '../rule.js';
import { followedIn, formatOfGuideline, functionOfRule } from '../ruleset-marks.js';
import { followedBy, guidelineOf, severityIn } from '../rulesets.js';
import { sectionFor, severityOverall } from '../sources.js';

/**
 * The versions of OpenAPI that the rules are for. Spectral's own formats are not used: they differ between versions of Spectral,
 * and importing one makes Spectral's bundler include them all.
 */
const swagger: Format = (document) => isSwagger(document);
swagger.displayName = 'OpenAPI 2.0 (Swagger)';
const openapi: Format = (document) => isOpenApi(document);
openapi.displayName = 'OpenAPI 3.x';

/** The document that Spectral lints, and the documents that Spectral has opened to follow its `$ref`s. */
type Inventory = RulesetFunctionContext['documentInventory'] & { readonly unresolved: unknown };

/**
 * The address of a document that a `$ref` names, in the form that Spectral's resolver uses. The resolver does not decode
 * percent-encoding in file names.
 *
 * @param reference the part of the `$ref` before `#`
 * @param base the address of the document that contains the `$ref`
 */
function spectralAddressOf(reference: string, base: string): string {
  const hasSchemeOrDrive = /^[a-z][a-z\d+.-]*:/i.test(reference);
  if (hasSchemeOrDrive) return reference;
  if (URL.canParse(base) && base.includes('://'))
    return URL.canParse(reference, base) ? new URL(reference, base).href : '';
  const path = reference.startsWith('/') ? reference : `${base.slice(0, base.lastIndexOf('/') + 1)}${reference}`;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment !== '..') {
      if (segment !== '.' && (segment !== '' || segments.length === 0)) segments.push(segment);
    } else if (segments.length === 0 || segments.at(-1) === '..') segments.push(segment);
    // Nothing is above the root.
    else if (segments.length > 1 || segments[0] !== '') segments.pop();
  }
  return segments.join('/');
}

/** Returns only documents that Spectral's resolver has already opened. */
class InventoryReader implements Reader {
  readonly #inventory: Inventory;
  readonly #root: Source;
  readonly #sources = new Map<string, Source>();

  constructor(inventory: Inventory, root: Source) {
    this.#inventory = inventory;
    this.#root = root;
  }

  open(reference: string, from: Source): Source | undefined {
    const address = spectralAddressOf(reference, from.uri ?? '');
    if (address === this.#root.uri) return this.#root;
    const { referencedDocuments } = this.#inventory;
    const document = Object.hasOwn(referencedDocuments, address) ? referencedDocuments[address] : undefined;
    const source = this.#sources.get(address) ?? (document && { uri: address, data: document.data });
    if (source !== undefined) this.#sources.set(address, source);
    return source;
  }
}

/** The descriptions that are being linted. All rules share one model of each. */
const descriptions = new WeakMap<Inventory, Description>();

function descriptionOf(inventory: Inventory, uri: string | null): Description {
  let description = descriptions.get(inventory);
  if (description === undefined) {
    const root = { uri, data: inventory.unresolved };
    description = new Description(root, new InventoryReader(inventory, root));
    descriptions.set(inventory, description);
  }
  return description;
}

/**
 * The path to report to Spectral for a place. In the entry document this is the physical path. In another document it is the
 * logical path, because Spectral follows the `$ref`s itself. Spectral decodes each segment once, so `~` is encoded.
 */
function pathFor(place: Place, root: Source): string[] {
  const path: Path = place.source === root ? place.path : place.logical;
  return path.map((segment) => segment.replaceAll('~', '~0'));
}

/** A rule of the catalogue as a Spectral function. */
function functionOf(rule: Rule) {
  const run = (_: unknown, __: unknown, { document, documentInventory }: RulesetFunctionContext) => {
    const description = descriptionOf(documentInventory as Inventory, document.source);
    return check(rule, description, followedIn(document.formats ?? [])).map(({ message, place }) => ({
      // Spectral replaces `{{…}}` in every message, and a path template can contain such braces.
      message: message.replaceAll('{{', '{ {'),
      // At a `$ref`, Spectral would report the result at the shared component instead of the operation.
      path: pathFor(place.holder, description.place.source),
    }));
  };
  return functionOfRule(run, rule.id);
}

/** The function of each rule, which all rulesets share. */
const functions = new Map(catalogue.map((rule) => [rule.id, functionOf(rule)]));

/**
 * The catalogue as a Spectral ruleset. Each rule gets the whole description (`given: '$'`). With an operation as `given`, a rule would
 * see neither the parameters of the path item nor the other operations, and any `given` but `$` makes Spectral walk every `$ref` of
 * the document.
 */
function rulesetOf(
  severityOf: (rule: Rule) => Severity | undefined,
  formats: readonly Format[],
  follows: readonly Guideline[],
): RulesetDefinition {
  const rules = catalogue.map((rule) => [
    rule.id,
    {
      description: rule.summary,
      message: '{{error}}',
      severity: severityOf(rule) ?? severityOverall(rule),
      recommended: severityOf(rule) !== undefined,
      documentationUrl: sectionFor(rule, follows).url,
      formats,
      given: '$',
      // oxlint-disable-next-line unicorn/no-thenable -- Spectral's property name
      then: { function: functions.get(rule.id) },
    },
  ]);
  return { rules: Object.fromEntries(rules) };
}

/**
 * The rules of a guideline, at its severities, as a Spectral ruleset whose findings name the guideline and link to it. The other rules
 * are there, too, for users to turn on.
 *
 * @param name of a guideline that ships
 * @throws Error if no guideline has that name
 */
export function rulesetOfGuideline(name: string): RulesetDefinition {
  const guideline = guidelineOf(name);
  if (guideline === undefined) throw new Error(`There is no guideline called ${name}.`);
  return rulesetThatFollows(guideline);
}

/**
 * The ruleset of a team's own guideline: see {@link rulesetOfGuideline}. `conditional-requests ruleset` writes a module that calls it.
 *
 * @param text what the file of the guideline says
 */
export function rulesetOfOwnGuideline(text: object): RulesetDefinition {
  return rulesetThatFollows(ownGuideline(text as OwnGuidelineText, 'guideline.yaml'));
}

function rulesetThatFollows(guideline: Guideline): RulesetDefinition {
  const follows = followedBy(guideline);
  // The format of the nearest one comes last, as if its ruleset extended those of the others.
  const formats = follows.toReversed().map((followed) => {
    const format: Format = (document) => isSwagger(document) || isOpenApi(document);
    format.displayName = 'OpenAPI';
    return formatOfGuideline(format, followed);
  });
  return rulesetOf((rule) => severityIn(guideline, rule), [swagger, openapi, ...formats], follows);
}

/** The catalogue as a Spectral ruleset. The recommended rules are on; users turn on the others. */
const ruleset: RulesetDefinition = rulesetOf(({ recommended }) => recommended, [swagger, openapi], []);

export default ruleset;
