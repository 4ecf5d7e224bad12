import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The name of a document in a workspace: the absolute path of a file; the URI of any other document, such as one never saved. */
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
