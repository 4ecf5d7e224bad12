import {
  determineScalarType,
  parseYamlBigInteger,
  parseYamlBoolean,
  parseYamlFloat,
  ScalarType,
  type YAMLScalar,
} from '@stoplight/yaml-ast-parser';

/** The beginning of a plain text that may be something other than a string. */
const mayBeginOther = /^(?:[-+.\d~nNtTfF]|$)/;

/** A plain text that may be something other than a string. */
const mayBeOther = /^(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|0[ox][\da-f]+|[-+]?\.(?:inf|nan)|true|false|null|~|)$/i;

/** A number as most are written. */
const ordinaryNumber = /^-?\d{1,15}(?:\.\d+)?$/;

const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** What a text without quotation marks means, by the rules of Spectral's parser. That is loaded only for unusual ones. */
export function valueOfPlain(value: string): unknown {
  if (!mayBeginOther.test(value) || !mayBeOther.test(value)) return value;
  if (ordinaryNumber.test(value)) return Number(value);
  const word = words.get(value);
  if (word !== undefined) return word;
  switch (determineScalarType({ plainScalar: true, value } as YAMLScalar)) {
    case ScalarType.null:
      return null;
    case ScalarType.bool:
      return parseYamlBoolean(value);
    case ScalarType.int:
      return Number(parseYamlBigInteger(value));
    case ScalarType.float:
      return parseYamlFloat(value);
    default:
      return value;
  }
}
