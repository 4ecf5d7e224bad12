import { isObject, scalarText } from '../json.js';
import type { Place } from './place.js';
import { mayBeReference, referenceIn } from './reference.js';
import { allTopics, noTopics, type Topics, topics } from './topics.js';

/** How the names of the fields of conditional requests and caching begin, misspelt ones included. */
const conditionalField = /^(?:if|range$|e[-_. ]?tag|last|cache-control$|vary$|expires$)/i;

type Members = Readonly<Record<string | number, unknown>>;

/** The kinds of what path items and operations list. */
const kinds = { responses: 'Response Object', parameters: 'Parameter Object' } as const;

/** A list in a path item, or in what stands under one of its keys. */
interface List {
  readonly pathItem: Place;
  readonly keyOfPart: string | undefined;
  readonly key: keyof typeof kinds;
}

/**
 * Tells what the paths of one description have to do with conditional requests. This quick check rules most paths of most descriptions out
 * before their operations are read. In doubt, such as behind an unusual `$ref`, the answer is everything.
 */
export class Prefilter {
  // Many operations share their parts, through references or YAML aliases.
  readonly #ofPathItems = new Map<unknown, Topics>();
  readonly #ofHeaders = new Map<unknown, Topics>();
  /** The topics of what `$ref`s lead to, by their texts. One that leads nowhere is not kept: each of those is followed, and reported. */
  readonly #behind = {
    responses: new Map<string | undefined, Topics>(),
    parameters: new Map<string | undefined, Topics>(),
  };

  /** The topics of a path item and its operations. */
  topicsOf(pathItem: Place): Topics {
    if (pathItem.isReference || pathItem.has('additionalOperations') || pathItem.has('head')) return allTopics;
    const { value } = pathItem;
    if (!isObject(value)) return noTopics;
    let found = this.#ofPathItems.get(value);
    if (found === undefined) {
      found = this.#ofPart(value, pathItem, undefined);
      for (const key of Object.keys(value)) found |= this.#ofPart(value[key], pathItem, key);
      this.#ofPathItems.set(value, found);
    }
    return found;
  }

  /** The topics of a part: of the path item itself, or of what stands under one of its keys. */
  #ofPart(part: unknown, pathItem: Place, keyOfPart: string | undefined): Topics {
    if (!isObject(part)) return noTopics;
    if (Object.hasOwn(part, '$ref')) return allTopics;
    return (
      this.#ofList({ pathItem, keyOfPart, key: 'responses' }, part['responses']) |
      this.#ofList({ pathItem, keyOfPart, key: 'parameters' }, part['parameters'])
    );
  }

  /** All references are followed, whatever the answer, so that those that lead nowhere are reported. */
  #ofList(list: List, members: unknown): Topics {
    if (typeof members !== 'object' || members === null) return noTopics;
    const behind = this.#behind[list.key];
    let found = noTopics;
    for (const key of Object.keys(members)) {
      const entry = (members as Members)[key];
      found |= behind.get(referenceIn(entry)) ?? this.#ofEntry(list, key, entry);
      if (list.key === 'responses') found |= topicsOfCode(key, list.keyOfPart);
    }
    return Object.hasOwn(members, '$ref') ? allTopics : found;
  }

  #ofEntry({ pathItem, keyOfPart, key: keyOfList }: List, key: string, entry: unknown): Topics {
    if (!mayBeReference(entry)) return this.#ofValue(entry, keyOfList);
    const path = [...(keyOfPart === undefined ? [] : [keyOfPart]), keyOfList, key];
    const target = pathItem.settled(entry, path, kinds[keyOfList]);
    const found = this.#ofValue(target, keyOfList);
    if (target !== undefined) this.#behind[keyOfList].set(referenceIn(entry), found);
    return found;
  }

  #ofValue(value: unknown, keyOfList: List['key']): Topics {
    if (!isObject(value)) return noTopics;
    if (keyOfList === 'responses') return this.#ofHeadersIn(value['headers']);
    return conditionalField.test(scalarText(value['name'])) ? topics.field : noTopics;
  }

  #ofHeadersIn(headers: unknown): Topics {
    if (typeof headers !== 'object' || headers === null) return noTopics;
    let found = this.#ofHeaders.get(headers);
    if (found === undefined) {
      const isField = (name: string) => name === '$ref' || conditionalField.test(name);
      found = Object.keys(headers).some(isField) ? topics.field : noTopics;
      this.#ofHeaders.set(headers, found);
    }
    return found;
  }
}

/** The topics of a status code, most of which only answer conditional requests, or of a `$ref` in the place of one. */
function topicsOfCode(code: string, method: string | undefined): Topics {
  if (code === '304' || code === '412' || code === '428') return topics[code];
  if (code === '201' && method === 'put') return topics.creation;
  return noTopics;
}
