import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What a document is called in a workspace: a file by its absolute path, anything else, such as what was never saved, by its URI. */
export function documentName(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    return uri;
  }
}

/** The URI of a document. */
export function uriFor(name: string): string {
  return isAbsolute(name) ? pathToFileURL(name).href : name;
}
