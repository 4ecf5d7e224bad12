import { Schema } from '@stoplight/yaml-ast-parser/dist/src/schema.js';
import { Type } from '@stoplight/yaml-ast-parser/dist/src/type.js';

let schema: Schema | undefined;

/**
 * The tags that Spectral's parser knows; the parser must be loaded. Its own `!!binary` takes a node for a text, and throws at every value
 * with that tag. Here, such a value is its text, in Base64.
 */
export function yamlSchema(): object {
  return (schema ??= new Schema({
    include: [Schema.DEFAULT as Schema],
    explicit: [new Type('tag:yaml.org,2002:binary', { kind: 'scalar' })],
  }));
}
