import { withoutPasswords } from './files/address.js';
import { placed } from './files/placed-problems.js';
import { type TextFile, textFileOf } from './files/text-file.js';
import type { Files } from './files/documents.js';
import type { Path } from './json.js';
import type { InvalidReference } from './model/references.js';
import type { Problem } from './problem.js';

/** A `$ref` that leads nowhere, or to the wrong kind of object, with its message. */
interface ToldReference {
  readonly file: TextFile;
  readonly path: Path;
  readonly message: string;
}

/** The invalid `$ref`s that are reported. */
export function invalidReferencesToTell(invalidReferences: readonly InvalidReference[], files: Files): ToldReference[] {
  return invalidReferences.flatMap((invalidReference) => {
    const message = messageFor(invalidReference, files);
    const { source, path } = invalidReference;
    return message === undefined ? [] : [{ ...textFileOf(source).originOf(path), message }];
  });
}

/** The invalid `$ref`s that are reported, as problems with their ranges. */
export function problemsOf(invalidReferences: readonly InvalidReference[], files: Files): Problem[] {
  return placed(invalidReferencesToTell(invalidReferences, files).map((told) => ({ code: 'invalid-ref', ...told })));
}

/** The message for an invalid `$ref`; `undefined` if it leads to the network and nothing was to be fetched. */
function messageFor({ reference, fault, source }: InvalidReference, files: Files): string | undefined {
  const named = `'${withoutPasswords(reference)}'`;
  switch (fault.kind) {
    case 'no text':
      return `a $ref is the text of a URI, not ${fault.found}`;
    case 'document': {
      const reason = files.whyNot(fault.document, source);
      return reason && `${named} leads nowhere: ${reason}`;
    }
    case 'nothing':
      return `${named} leads nowhere: nothing has that name`;
    case 'no pointer':
      return `${named} leads nowhere: what follows # is neither a JSON Pointer nor a known anchor`;
    case 'no end':
      return `${named} leads nowhere: it refers to itself, or to too many others in a row`;
    case 'misled':
      return `${named} leads to ${fault.found}, not to ${fault.wanted}`;
  }
}
