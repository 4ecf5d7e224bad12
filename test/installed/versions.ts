import { read } from '../files.js';
import { redoclyPackages } from '../hosts/redocly/installed-redocly.js';

const { devDependencies } = JSON.parse(read('package.json'));

/** The version of `spectral lint` among the dependencies of this project. */
export const newestSpectral: string = devDependencies['@stoplight/spectral-cli'];

/**
 * The versions of `spectral lint` that are tried: each minor version from 6.11 on (there is no 6.12). A version leaves open which of Spectral's other
 * packages come with it: whoever installs it today gets the newest ones; whoever has a lock file of its time, the oldest.
 */
export const spectralVersions = [
  ['6.11.0', 'oldest'],
  ['6.11.1', 'newest'],
  ['6.13.1', 'newest'],
  ['6.14.3', 'oldest'],
  ['6.15.1', 'newest'],
  [newestSpectral, 'oldest'],
] as const;

/** The versions of Node that are tried: the oldest line that the package permits, and the later ones with long-term support. */
export const nodeVersions = ['20.19', '22', '24', '26'] as const;

/** The version of IBM's validator that is tried. */
export const ibmValidator = 'ibm-openapi-validator@1.38.4';

/** The package managers that are tried, but for npm. */
export const managerPackages = ['pnpm@9.15.9', 'pnpm@12.21.0', 'yarn@1.22.22', '@yarnpkg/cli-dist@4.18.1'] as const;

function versionsOf(packages: readonly string[]): string {
  return packages.map((name) => name.slice(name.lastIndexOf('@') + 1)).join(', ');
}

/** What is tried, in the words of `examples/versions/README.md`: a name, and its versions. */
export const tried: readonly (readonly [string, string])[] = [
  ['Node', nodeVersions.join(', ')],
  ['Spectral CLI', spectralVersions.map(([version]) => version).join(', ')],
  ['Redocly CLI', versionsOf(redoclyPackages.toReversed())],
  ['IBM OpenAPI Validator', versionsOf([ibmValidator])],
  ['pnpm', versionsOf(managerPackages.filter((name) => name.startsWith('pnpm@')))],
  ['Yarn', versionsOf(managerPackages.filter((name) => name.includes('yarn')))],
];
