/** An annotation of GitHub Actions. */
export interface Annotation {
  readonly command: string;
  readonly message: string;
  /** Its properties, such as `file` and `line`. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Reads a workflow command as the runner is documented to: it decodes the escapes, `%25` last. */
export function annotationIn(line: string): Annotation {
  const [, command = '', list = '', data = ''] = /^::(\S+) (.*?)::(.*)$/.exec(line) ?? [];
  const message = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const property = (text: string) => message(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
  const properties = list.split(',').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, property(value.join('='))];
  });
  return { command, message: message(data), properties: Object.fromEntries(properties) };
}
