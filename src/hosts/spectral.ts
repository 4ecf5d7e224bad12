import type { Format, RulesetDefinition, RulesetFunctionContext } from '@stoplight/spectral-core';
import { catalogue } from '../catalogue.js';
import { check } from '../check.js';
import type { Path } from '../json.js';
import { Description } from '../model/description.js';
import type { Place } from '../model/place.js';
import type { Reader, Source } from '../model/source.js';
import { isOpenApi, isSwagger } from '../model/specification-version.js';
import { type Rule, severityOverall } from '../rule.js';

/**
 * The versions of OpenAPI that the rules are for. They are told apart here, and not by Spectral's own formats, because those
 * differ with the version of Spectral in the host, and because Spectral's bundler takes in all of them for one import.
 */
const swagger: Format = (document) => isSwagger(document);
swagger.displayName = 'OpenAPI 2.0 (Swagger)';
const openapi: Format = (document) => isOpenApi(document);
openapi.displayName = 'OpenAPI 3.x';

/** What Spectral keeps of the document that it lints, and of the documents that it has opened on the way. */
type Inventory = RulesetFunctionContext['documentInventory'] & { readonly unresolved: unknown };

/**
 * The address of a document that a `$ref` names, as Spectral's resolver forms it: it takes the names of files as they are
 * written, escapes and all.
 *
 * @param reference the part of the `$ref` before `#`
 * @param base the address of the document that the `$ref` stands in
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

/** Opens the documents that Spectral's resolver has already opened, and no other. */
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

/** The descriptions that are being linted, each read once for all rules. */
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
 * The path that Spectral is told, so that it comes to the place: the physical path in the entry document, and the logical one
 * where the place is in another document, which Spectral follows there itself. It decodes every segment once.
 */
function pathFor(place: Place, root: Source): string[] {
  const path: Path = place.source === root ? place.path : place.logical;
  return path.map((segment) => segment.replaceAll('~', '~0'));
}

/** A rule of the catalogue as a function of Spectral's. */
function functionOf(rule: Rule) {
  return (_: unknown, __: unknown, { document, documentInventory }: RulesetFunctionContext) => {
    const description = descriptionOf(documentInventory as Inventory, document.source);
    return check(rule, description).map(({ message, place }) => ({
      // Spectral fills in `{{…}}` in every message, and a path template may hold such braces.
      message: message.replaceAll('{{', '{ {'),
      // At a `$ref`, Spectral would go on to what that refers to, and report the operation's fault in the shared component.
      path: pathFor(place.holder, description.place.source),
    }));
  };
}

/**
 * The catalogue as a Spectral ruleset: the recommended rules are on, the others wait to be turned on.
 *
 * The whole description is given to each rule at once. At an operation, Spectral would show neither the parameters of
 * the path item nor the other operations, and any other `given` makes it walk every `$ref` of the document.
 */
const ruleset: RulesetDefinition = {
  rules: Object.fromEntries(
    catalogue.map((rule) => [
      rule.id,
      {
        description: rule.summary,
        message: '{{error}}',
        severity: severityOverall(rule),
        recommended: rule.recommended !== undefined,
        documentationUrl: rule.cites[0].section.url,
        formats: [swagger, openapi],
        given: '$',
        // oxlint-disable-next-line unicorn/no-thenable -- the word is Spectral's
        then: { function: functionOf(rule) },
      },
    ]),
  ),
};

export default ruleset;
